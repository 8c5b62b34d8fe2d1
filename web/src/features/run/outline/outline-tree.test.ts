import { describe, expect, it } from 'vitest';
import { aRun, completedStep } from '../../../testing/run-builders.ts';
import { answersTo, outlineTree } from './outline-tree.ts';

const nested = (displayName: string) => {
  const { document, layout } = aRun([]).snapshot;
  return { displayName, componentReference: null, document, layout, components: {}, outputs: {} };
};

describe('outlineTree', () => {
  it('puts the steps under the pipelines that they are in, and the items under their loop', () => {
    const { snapshot } = aRun(['prepare', 'outer/find', 'report', 'outer/inner/score'].map((key) => completedStep(key)));
    const within = { ...snapshot, nested: { outer: nested('Train and evaluate'), 'outer/inner': nested('Evaluate') } };
    const keys = ['prepare', 'outer/find', 'outer/find/1', 'outer/find/2', 'report', 'outer/inner/score'];
    expect(outlineTree(within, keys).map(({ key, title, depth, isPipeline }) => `${depth} ${key}: ${title}${isPipeline ? ' (pipeline)' : ''}`)).toEqual([
      '0 prepare: prepare',
      '0 outer: Train and evaluate (pipeline)',
      '1 outer/find: outer/find',
      '2 outer/find/1: Item 1',
      '2 outer/find/2: Item 2',
      '1 outer/inner: Evaluate (pipeline)',
      '2 outer/inner/score: outer/inner/score',
      '0 report: report',
    ]);
  });
});

describe('answersTo', () => {
  const { snapshot } = aRun(['prepare', 'each', 'other'].map((key) => completedStep(key)));
  const keys = ['prepare', 'each', 'each/1', 'each/2', 'other', 'other/2', 'other/12'];
  const everything = (text: string) => answersTo(snapshot, keys, { text, isWanted: () => true });

  it('finds an item by what it is called in the list, with its loop', () => {
    expect(everything('item 2')).toEqual(['each', 'each/2', 'other', 'other/2']);
    expect(everything(' ITEM 12 ')).toEqual(['other', 'other/12']);
  });

  it('finds a step by its name, and its items with it', () => {
    expect(everything('each')).toEqual(['each', 'each/1', 'each/2']);
    expect(everything('nobody')).toEqual([]);
  });

  it('leaves out what is not wanted, but not the loop of what is', () => {
    expect(answersTo(snapshot, keys, { text: '', isWanted: (key) => key === 'each/2' })).toEqual(['each', 'each/2']);
  });
});
