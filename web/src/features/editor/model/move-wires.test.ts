import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { createFlowMapper } from '../../../canvas/flow-graph.ts';
import { sampleComponents, samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { moveWires, startMoving } from './move-wires.ts';
import { removeAndRejoin } from './rejoin.ts';

const none: ReadonlySet<string> = new Set();

function viewsOf(content: DraftContent) {
  const { nodes } = createFlowMapper()({ content, components: sampleComponents, selectedSteps: none, selectedEdges: none, areScalarsShown: false });
  return new Map(nodes.map(({ id, data }) => [id, data.view]));
}

function after(content: DraftContent, ops: readonly DraftOp[]): DraftContent['document']['jobs'] {
  const applied = applyDraftOps(content, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied.content.document.jobs;
}

const content = samplePipeline();
const graph = { document: content.document, views: [...viewsOf(content).values()] };

describe('all wires of a port', () => {
  const first = { step: 'split', side: 'outputs', port: 'first' } as const;

  it('may go where each of them may end, and a refusal says why', () => {
    const wiring = startMoving(graph, first);
    expect(wiring?.moving).toHaveLength(1);
    expect(wiring?.verdicts.get('split.outputs.second')).toMatchObject({ isValid: true });
    expect(wiring?.verdicts.get('score.outputs.scored')).toEqual({ isValid: false, why: { code: 'cycle' } });
    expect(wiring?.verdicts.get('train.outputs.model')).toMatchObject({ isValid: false, why: { code: 'type-mismatch' } });
    expect(wiring?.verdicts.has('score.inputs.table')).toBe(false);
  });

  it('go to another output together', () => {
    const second = { step: 'split', side: 'outputs', port: 'second' } as const;
    const wiring = startMoving(graph, second);
    if (!wiring) throw new Error('expected wires');
    const jobs = after(content, moveWires(content.document, wiring, { step: 'import', side: 'outputs', port: 'table' }));
    expect(jobs['score']?.inputs['table']).toBe('${{parent.jobs.import.outputs.table}}');
    expect(jobs['train']?.inputs['table']).toBe('${{parent.jobs.split.outputs.first}}');
  });

  it('of an input take what it has to the other', () => {
    const wiring = startMoving(graph, { step: 'train', side: 'inputs', port: 'table' });
    if (!wiring) throw new Error('expected wires');
    expect(wiring.verdicts.get('score.inputs.table')).toMatchObject({ isValid: true, replaces: { from: { step: 'split', output: 'second' } } });
    const jobs = after(content, moveWires(content.document, wiring, { step: 'train', side: 'inputs', port: 'extra' }));
    expect(jobs['train']?.inputs).toEqual({ extra: '${{parent.jobs.split.outputs.first}}' });
  });

  it('are none at a port without any', () => {
    expect(startMoving(graph, { step: 'train', side: 'inputs', port: 'extra' })).toBeNull();
  });
});

describe('removing and joining', () => {
  //   import ──> split ──first──> train ──model──> score
  //                └────────second─────────────────────┘
  it('lets what read a step read what that one read, where the types allow, and says what is left open', () => {
    const split = removeAndRejoin(content, new Set(['split']), viewsOf(content));
    expect(split).toMatchObject({ joined: 2, lost: [] });
    const jobs = after(content, split.ops);
    expect(jobs).not.toHaveProperty('split');
    expect([jobs['train']?.inputs['table'], jobs['score']?.inputs['table']]).toEqual(Array(2).fill('${{parent.jobs.import.outputs.table}}'));
    const train = removeAndRejoin(content, new Set(['train']), viewsOf(content));
    expect(train).toMatchObject({ joined: 0, lost: [{ step: 'score', input: 'model' }] });
    expect(after(content, train.ops)['score']?.inputs).toEqual({ table: '${{parent.jobs.split.outputs.second}}' });
  });

  it('goes through several removed steps in a row', () => {
    const both = after(content, removeAndRejoin(content, new Set(['split', 'import']), viewsOf(content)).ops);
    expect(both['train']?.inputs).toEqual({});
    const input = { type: 'mltable' as const, path: './cars' };
    const given: DraftOp[] = [
      { op: 'pipeline.setInput', input: 'cars', value: input },
      { op: 'step.add', step: 'early', value: { component: 'azureml:split:1', inputs: { table: '${{parent.inputs.cars}}' }, outputs: {} } },
      { op: 'step.setInput', step: 'split', input: 'table', value: '${{parent.jobs.early.outputs.first}}' },
    ];
    const applied = applyDraftOps(content, given);
    if (!applied.ok) throw new Error(applied.message);
    const { ops, joined } = removeAndRejoin(applied.content, new Set(['early', 'split']), viewsOf(applied.content));
    expect(joined).toBe(2);
    expect(after(applied.content, ops)['train']?.inputs['table']).toBe('${{parent.inputs.cars}}');
  });
});
