import { Component } from '@pipewright/shared/component/component.ts';
import type { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { describe, expect, it } from 'vitest';
import { assetOf } from '../../../testing/asset-builders.ts';
import { listUses, plainUse, type Use } from './quick-list.ts';

const named = (name: string, title = name): RegisteredComponent => ({
  ...assetOf({ name, type: 'command', kind: 'component' }),
  reference: `azureml:${name}:1`,
  component: Component.parse({ type: 'command', name, display_name: title, command: 'true' }),
});
const components = [named('split', 'Split data'), named('join', 'Join data'), named('train', 'Train model')];
const nothing = { pinned: [], recent: [], usesOf: (item: RegisteredComponent) => [plainUse(item)] };
const shown = (list: ReturnType<typeof listUses>) => list.groups.map(({ kind, uses }) => [kind, ...uses.map(({ id }) => id)]);

describe('the list of the quick add', () => {
  it('has the pinned first, then the recent, then the others, each once', () => {
    const list = listUses({ ...nothing, components, query: '', pinned: ['train', 'gone'], recent: ['azureml:train:1', 'azureml:join:1'] });
    expect(shown(list)).toEqual([
      ['pinned', 'azureml:train:1'],
      ['recent', 'azureml:join:1'],
      ['rest', 'azureml:split:1'],
    ]);
  });

  it('prefers what is pinned among what answers alike, and not before a better answer', () => {
    const find = (query: string) => shown(listUses({ ...nothing, components, query, pinned: ['join'] }));
    expect(find('data')).toEqual([['rest', 'azureml:join:1', 'azureml:split:1']]);
    expect(find('split data')).toEqual([['rest', 'azureml:split:1']]);
  });

  it('shows each way to connect, the best fit first, and what does not fit only by its name and last', () => {
    const way = (item: RegisteredComponent, port: string, rank: number, isOther = false): Use => ({
      ...plainUse(item),
      id: `${item.reference}#${port}`,
      via: `into ${port}`,
      rank,
      isOther,
    });
    const usesOf = (item: RegisteredComponent): Use[] =>
      item.name === 'train' ? [] : item.name === 'join' ? [way(item, 'left', 3), way(item, 'right', 3, true)] : [way(item, 'table', 1)];
    const fitting = components.filter((item) => usesOf(item).length > 0);
    expect(shown(listUses({ ...nothing, usesOf, components: fitting, query: '' }))).toEqual([
      ['rest', 'azureml:join:1#left', 'azureml:join:1#right', 'azureml:split:1#table'],
    ]);
    expect(shown(listUses({ ...nothing, usesOf, components, query: 'train' }))).toEqual([['unfit', 'azureml:train:1']]);
  });

  it('says how many it leaves out', () => {
    const many = Array.from({ length: 2000 }, (_, index) => named(`c${index}`));
    const list = listUses({ ...nothing, components: many, query: '' });
    expect(list.groups[0]?.uses).toHaveLength(50);
    expect(list.left).toBe(1950);
  });
});
