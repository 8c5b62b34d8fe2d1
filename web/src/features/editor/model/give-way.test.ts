import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { describe, expect, it } from 'vitest';
import { sampleComponents, samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { insertIntoEdge, moveIntoEdge } from './add-step.ts';
import { giveWay } from './give-way.ts';

const edge = { from: { step: 'split', output: 'first' }, to: { step: 'train', input: 'table' } };

/** Both columns of the sample, with something that stands below and reads nothing of it. */
function content(bystander: { readonly x: number; readonly y: number }) {
  const { document, layout } = samplePipeline();
  const jobs = { ...document.jobs, other: { component: 'azureml:import:1', inputs: {}, outputs: {} } };
  return { document: { ...document, jobs }, layout: Layout.parse({ ...layout, steps: { ...layout.steps, other: bystander } }) };
}

describe('giving way to a step in an edge', () => {
  it('moves down what the edge leads to and all that reads it, and nothing else', () => {
    const { place, moved } = giveWay(content({ x: 800, y: 336 }), edge, { at: null });
    expect(place).toEqual({ x: -64, y: 224 });
    expect([...moved]).toEqual([
      ['train', { x: -136, y: 336 }],
      ['score', { x: 0, y: 448 }],
    ]);
  });

  it('takes along what would be run into', () => {
    expect(giveWay(content({ x: 0, y: 448 }), edge, { at: null }).moved.get('other')).toEqual({ x: 0, y: 560 });
  });

  it('moves nothing where there is room', () => {
    const { document, layout } = samplePipeline();
    const roomy = { document, layout: { ...layout, steps: { ...layout.steps, train: { x: -136, y: 400 } } } };
    expect(giveWay(roomy, edge, { at: null })).toEqual({ place: { x: -64, y: 256 }, moved: new Map() });
  });

  it('goes aside where something stands already', () => {
    expect(giveWay(content({ x: -64, y: 224 }), edge, { at: null }).place).not.toEqual({ x: -64, y: 224 });
  });
});

describe('a step that goes into an edge', () => {
  it('is wired on both sides, with room, by operations that can be taken back together', () => {
    const component = sampleComponents['azureml:split:1'];
    if (!component) throw new Error('expected a component');
    const before = samplePipeline();
    const { ops, key } = insertIntoEdge(before, edge, { reference: 'azureml:split:1', component, input: 'table', output: 'second', at: null });
    const applied = applyDraftOps(before, ops);
    if (!applied.ok) throw new Error(applied.message);
    expect(applied.content.document.jobs[key]?.inputs).toEqual({ table: '${{parent.jobs.split.outputs.first}}' });
    expect(applied.content.document.jobs['train']?.inputs).toEqual({ table: `\${{parent.jobs.${key}.outputs.second}}` });
    expect(applied.content.layout.steps['score']).toEqual({ x: 0, y: 448 });
    const back = applyDraftOps(applied.content, applied.inverse);
    expect(back.ok && back.content).toEqual(before);
  });

  it('may stand on the paper already, and stays where it was let go if it can', () => {
    const before = content({ x: 40, y: 240 });
    const ops = moveIntoEdge(before, edge, { step: 'other', input: 'data', output: 'table' });
    const applied = applyDraftOps(before, ops);
    if (!applied.ok) throw new Error(applied.message);
    expect(applied.content.layout.steps['other']).toEqual({ x: 40, y: 240 });
    expect(applied.content.layout.steps['train']).toEqual({ x: -136, y: 352 });
    expect(applied.content.document.jobs['train']?.inputs['table']).toBe('${{parent.jobs.other.outputs.table}}');
  });
});
