import { comparePipelines } from '@pipewright/shared/draft/compare-pipelines.ts';
import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { removeSteps } from '@pipewright/shared/draft/compound-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { nodeWidth } from '../geometry.ts';
import { sampleComponents, samplePipeline } from '../testing/sample-pipeline.ts';
import { comparisonFlow } from './comparison-flow.ts';

//   import ──> split ──first──> train ──model──> score
//                └────────second─────────────────────┘
const before = samplePipeline();

function edited(...ops: DraftOp[]): DraftContent {
  const applied = applyDraftOps(before, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied.content;
}

function draw(after: DraftContent) {
  const comparison = comparePipelines(before, after, { ignoresLayout: true });
  const { nodes, edges } = comparisonFlow({ comparison, after, components: sampleComponents });
  const place = (key: string) => nodes.find(({ id }) => id === key)?.position;
  const marked = edges.flatMap(({ id, data }) => (data?.difference ? [`${data.difference} ${id}`] : []));
  return { keys: nodes.map(({ id }) => id), place, marked };
}

describe('two contents as one graph', () => {
  it('has what is gone where it stood, with the edges that it had', () => {
    const { keys, place, marked } = draw(edited(...removeSteps(before, new Set(['train']))));
    expect(keys).toEqual(['import', 'split', 'score', 'train']);
    expect(place('train')).toEqual({ x: -136, y: 224 });
    expect(marked.toSorted()).toEqual(['removed split.outputs.first->train.inputs.table', 'removed train.outputs.model->score.inputs.model']);
  });

  it('puts what is gone beside what stands in its place now', () => {
    const { place } = draw(edited({ op: 'step.remove', step: 'train' }, { op: 'layout.move', step: 'score', to: { x: -130, y: 230 } }));
    expect(place('score')).toEqual({ x: -130, y: 230 });
    expect(place('train')?.x).toBeGreaterThanOrEqual(-130 + nodeWidth);
  });

  it('marks an input that reads another step as one edge that went and one that came', () => {
    const { marked } = draw(edited({ op: 'step.setInput', step: 'train', input: 'table', value: '${{parent.jobs.import.outputs.table}}' }));
    expect(marked.toSorted()).toEqual(['added import.outputs.table->train.inputs.table', 'removed split.outputs.first->train.inputs.table']);
  });

  it('marks nothing where a step only goes by another key', () => {
    const { keys, marked } = draw(edited({ op: 'step.rename', step: 'split', to: 'halves' }));
    expect(keys).toContain('halves');
    expect(marked).toEqual([]);
  });
});
