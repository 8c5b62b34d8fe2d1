import { describe, expect, it } from 'vitest';
import { aRun, completedStep } from '../../../testing/run-builders.ts';
import { outlineTree } from './outline-tree.ts';

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
