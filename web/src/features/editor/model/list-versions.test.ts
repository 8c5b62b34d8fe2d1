import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { describe, expect, it } from 'vitest';
import { aSummary } from '../../../testing/run-builders.ts';
import { formatSource, parseSource } from './compared-source.ts';
import { byDay, listVersions, nextVersionName } from './list-versions.ts';

const kept = (id: string, about: Partial<Checkpoint>): Checkpoint => ({
  id,
  revision: 1,
  name: '',
  at: '2026-11-30T10:00:00.000Z',
  by: 'Ada',
  kind: 'automatic',
  run: null,
  ...about,
});

describe('the versions of a draft', () => {
  it('stand newest first, published ones among them, and one of a run has all runs of its revision', () => {
    const runs = ['2', '1'].map((id) => aSummary({ id, draft: 'd' }));
    const versions = listVersions({
      checkpoints: [kept('auto', {}), kept('run', { kind: 'run', run: RunId.parse('1'), revision: 3, at: '2026-11-30T12:00:00.000Z' })],
      published: [
        {
          name: 'prices',
          version: '3',
          displayName: 'Prices',
          description: '',
          stepCount: 1,
          by: 'Ada',
          publishedAt: '2026-11-30T11:00:00.000Z',
          thumbnail: { steps: [], edges: [] },
          draft: 'd',
        },
      ],
      runs,
    });
    expect(versions.map(({ title, runs: made }) => [title, made.map(({ id }) => id).join()])).toEqual([
      ['Run 1', '2,1'],
      ['prices, version 3', ''],
      ['Kept while it was edited', ''],
    ]);
  });

  it('are told by day', () => {
    const now = new Date(2026, 10, 30, 12).getTime();
    const at = (day: number, hour: number): Partial<Checkpoint> => ({ at: new Date(2026, 10, day, hour).toISOString() });
    const versions = listVersions({
      checkpoints: [kept('a', at(30, 9)), kept('b', at(29, 23)), kept('c', at(28, 1)), kept('d', at(28, 2))],
      published: [],
      runs: [],
    });
    expect(byDay(versions, now).map(({ title, items: ofDay }) => [title, ofDay.length])).toEqual([
      ['Today', 1],
      ['Yesterday', 1],
      ['Saturday 28 November', 2],
    ]);
  });

  it('are called by the next number unless somebody says otherwise', () => {
    expect(nextVersionName([])).toBe('Version 1');
    expect(nextVersionName([{ name: 'Version 2' }, { name: 'Good' }, { name: 'Version 10' }])).toBe('Version 11');
  });
});

it('what is compared is read from the address as it was written; nonsense is nothing', () => {
  for (const source of [
    { kind: 'checkpoint', id: 'a-b' },
    { kind: 'run', id: '42' },
    { kind: 'version', name: 'prices', version: '1:2' },
  ] as const) {
    expect(parseSource(formatSource(source))).toEqual(source);
  }
  for (const text of ['', 'run', 'run:', 'run:1:2', 'version:prices', 'draft:1']) expect(parseSource(text)).toBeNull();
});
