import { describe, expect, it } from 'vitest';
import { edgeId } from '../graph/edges-of.ts';
import { emptyLayout } from '../pipeline/layout.ts';
import { emptyPipeline } from '../pipeline/pipeline.ts';
import { applyDraftOps } from './apply-draft-ops.ts';
import { comparePipelines, isSame } from './compare-pipelines.ts';
import { diffContent } from './diff-content.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';

const step = (command: string, inputs: Record<string, string | number> = {}) => ({ command, inputs, outputs: { out: null } });
const from = (key: string): string => `\${{parent.jobs.${key}.outputs.out}}`;

// load ─ train ─ score
const start: DraftContent = {
  document: {
    ...emptyPipeline('Prices'),
    jobs: { load: step('load'), train: step('train', { data: from('load'), rate: 0.1 }), score: step('score', { model: from('train') }) },
  },
  layout: { ...emptyLayout, steps: { load: { x: 0, y: 0 }, train: { x: 0, y: 112 }, score: { x: 0, y: 224 } } },
};

function edited(...ops: DraftOp[]): DraftContent {
  const applied = applyDraftOps(start, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied.content;
}

const compare = (after: DraftContent, ignoresLayout = true) => comparePipelines(start, after, { ignoresLayout });

describe('comparing two contents of a draft', () => {
  it('finds nothing between a content and itself, read anew', () => {
    expect(isSame(compare(JSON.parse(JSON.stringify(start)) as DraftContent, false))).toBe(true);
  });

  it('names each field that is different, down to the value, and nothing else', () => {
    const { steps, pipeline } = compare(
      edited(
        { op: 'step.setInput', step: 'train', input: 'rate', value: 0.2 },
        { op: 'step.setField', step: 'train', field: 'limits', value: { timeout: 60 } },
        { op: 'pipeline.setInput', input: 'seed', value: 7 },
        { op: 'pipeline.setMeta', field: 'description', value: 'two\nlines' },
      ),
    );
    expect(steps).toEqual([
      {
        key: 'train',
        kind: 'changed',
        renamedFrom: null,
        isMoved: false,
        fields: [
          { place: ['inputs', 'rate'], before: 0.1, after: 0.2 },
          { place: ['limits'], before: undefined, after: { timeout: 60 } },
        ],
      },
    ]);
    expect(pipeline).toEqual([
      { place: ['inputs', 'seed'], before: undefined, after: 7 },
      { place: ['description'], before: undefined, after: 'two\nlines' },
    ]);
  });

  it('tells the steps and the edges that came and went', () => {
    const { steps, addedEdges, removedEdges } = compare(
      edited(
        { op: 'step.remove', step: 'load' },
        { op: 'step.add', step: 'read', value: step('read'), position: { x: 300, y: 0 } },
        { op: 'step.setInput', step: 'train', input: 'data', value: from('read') },
      ),
    );
    expect(steps.map(({ key, kind }) => `${key} ${kind}`)).toEqual(['train changed', 'read added', 'load removed']);
    expect(addedEdges.map(edgeId)).toEqual(['read.outputs.out->train.inputs.data']);
    expect(removedEdges.map(edgeId)).toEqual(['load.outputs.out->train.inputs.data']);
  });

  it('knows a step under another key, and its readers are the same', () => {
    const { steps, addedEdges, removedEdges, before } = compare(edited({ op: 'step.rename', step: 'train', to: 'fit' }));
    expect(steps).toEqual([{ key: 'fit', kind: 'moved', renamedFrom: 'train', isMoved: false, fields: [] }]);
    expect([...addedEdges, ...removedEdges]).toEqual([]);
    expect(before.layout.steps['fit']).toEqual({ x: 0, y: 112 });
  });

  it('sees places, notes and groups only where the layout counts', () => {
    const after = edited(
      { op: 'layout.move', step: 'load', to: { x: 80, y: 0 } },
      { op: 'note.set', note: 'n', value: { x: 0, y: 0, width: 10, height: 10, text: 'Hello' } },
    );
    expect(isSame(compare(after))).toBe(true);
    const { steps, pipeline } = compare(after, false);
    expect(steps).toMatchObject([{ key: 'load', kind: 'moved', isMoved: true }]);
    expect(pipeline).toMatchObject([{ place: ['notes', 'n'], after: { text: 'Hello' } }]);
  });

  it('finds nothing any more once the operations of the difference are applied', () => {
    const after = edited(
      { op: 'step.rename', step: 'train', to: 'fit' },
      { op: 'step.remove', step: 'score' },
      { op: 'step.setInput', step: 'fit', input: 'rate' },
    );
    const diff = diffContent(start, after);
    if (!diff.ok) throw new Error(diff.message);
    const there = applyDraftOps(start, diff.ops);
    if (!there.ok) throw new Error(there.message);
    expect(isSame(comparePipelines(there.content, after, { ignoresLayout: false }))).toBe(true);
  });
});
