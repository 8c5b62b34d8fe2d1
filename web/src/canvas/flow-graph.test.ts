import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { describe, expect, it } from 'vitest';
import { createFlowMapper, type FlowGraph, type FlowInput } from './flow-graph.ts';
import { longPipeline, sampleComponents, samplePipeline } from './testing/sample-pipeline.ts';

const none: ReadonlySet<string> = new Set();
const input = (content: DraftContent, change: Partial<FlowInput> = {}): FlowInput => ({
  content,
  components: sampleComponents,
  selectedSteps: none,
  selectedEdges: none,
  areScalarsShown: false,
  ...change,
});

function after(content: DraftContent, ops: readonly DraftOp[]): DraftContent {
  const applied = applyDraftOps(content, ops);
  if (!applied.ok) throw new Error(applied.message);
  return applied.content;
}

/** Ids of nodes and edges that are other objects than before. */
function renewed(before: FlowGraph, now: FlowGraph): string[] {
  const known = new Set<object>([...before.nodes, ...before.edges]);
  return [...now.nodes, ...now.edges].filter((element) => !known.has(element)).map(({ id }) => id);
}

describe('createFlowMapper', () => {
  it('gives nodes sizes and handles before anything is measured', () => {
    const { nodes } = createFlowMapper()(input(samplePipeline()));
    const split = nodes.find(({ id }) => id === 'split');
    expect(split).toMatchObject({ measured: { width: 240, height: 68 }, position: { x: 0, y: 112 } });
    // Centres of the hit areas: one input in the middle, three outputs at 40, 120 and 200.
    expect(split?.handles?.map(({ id, x, width = 0 }) => [id, x + width / 2])).toEqual([
      ['inputs.table', 120],
      ['outputs.first', 40],
      ['outputs.second', 120],
      ['outputs.rows', 200],
    ]);
  });

  it('draws an edge for each binding, named as the page names it', () => {
    const { edges } = createFlowMapper()(input(samplePipeline()));
    expect(edges.map(({ id }) => id)).toEqual([
      'import.outputs.table->split.inputs.table',
      'split.outputs.first->train.inputs.table',
      'train.outputs.model->score.inputs.model',
      'split.outputs.second->score.inputs.table',
    ]);
    expect(edges[1]?.ariaLabel).toBe('Split first to Train table');
  });

  it('links steps that wait for each other without data, and only those', () => {
    const content = after(samplePipeline(), [
      { op: 'step.setField', step: 'train', field: 'depends_on', value: ['import', 'split', 'gone'] },
      { op: 'step.setField', step: 'import', field: 'when', value: "${{parent.jobs.score.status}} == 'failed'" },
    ]);
    const toFlow = createFlowMapper();
    const { controls } = toFlow(input(content));
    expect(controls.map(({ from, to }) => `${from} ${to}`)).toEqual(['score import', 'import train']);
    expect(controls.map(({ text }) => text)).toEqual([expect.stringMatching(/asks what came of/), expect.stringMatching(/runs after/)]);
    expect(toFlow(input(after(content, [{ op: 'layout.move', step: 'train', to: { x: 400, y: 224 } }]))).controls).toBe(controls);
  });

  it('gives the same objects again for what has not changed', () => {
    const toFlow = createFlowMapper();
    const content = samplePipeline();
    const before = toFlow(input(content));
    expect(renewed(before, toFlow(input(content)))).toEqual([]);
    const moved = after(content, [{ op: 'layout.move', step: 'train', to: { x: 400, y: 224 } }]);
    expect(renewed(before, toFlow(input(moved)))).toEqual(['train']);
  });

  it('renews one node of a thousand when one is dragged', () => {
    const toFlow = createFlowMapper();
    const content = longPipeline(1000);
    const before = toFlow(input(content));
    const moved = after(content, [{ op: 'layout.move', step: 's500', to: { x: 9, y: 9 } }]);
    expect(renewed(before, toFlow(input(moved)))).toEqual(['s500']);
  });

  it('renews nothing but the view of a step while a value is typed that its node shows apart', () => {
    const toFlow = createFlowMapper();
    const content = longPipeline(1000);
    const before = toFlow(input(content));
    const now = toFlow(input(after(content, [{ op: 'step.setInput', step: 's500', input: 'fraction', value: 0.25 }])));
    expect([now.nodes, now.edges, now.controls]).toEqual([before.nodes, before.edges, before.controls]);
    expect([now.nodes === before.nodes, now.edges === before.edges, now.controls === before.controls]).toEqual([true, true, true]);
    const others = now.views.filter((view, index) => view !== before.views[index]);
    expect(others.map(({ key, subtitle }) => [key, subtitle])).toEqual([['s500', expect.stringContaining('0.25')]]);
  });

  it('draws what it would draw of the document at once, whatever was typed before', () => {
    const toFlow = createFlowMapper();
    const ops: DraftOp[] = [
      { op: 'step.setInput', step: 'train', input: 'target', value: 'price' },
      { op: 'step.setInput', step: 'train', input: 'table', value: 'data.csv' },
      { op: 'step.setInput', step: 'split', input: 'fraction', value: 0.5 },
      { op: 'step.setInput', step: 'train', input: 'target', value: '${{parent.inputs.target}}' },
      { op: 'step.setInput', step: 'train', input: 'table' },
      { op: 'step.setInput', step: 'split', input: 'fraction' },
    ];
    ops.reduce((content, op) => {
      const next = after(content, [op]);
      const [now, anew] = [toFlow(input(next)), createFlowMapper()(input(next))];
      expect(now.views).toEqual(anew.views);
      expect(now.edges).toEqual(anew.edges);
      expect(now.nodes.map(({ data }) => ({ ...data.view, subtitle: '' }))).toEqual(anew.views.map((view) => ({ ...view, subtitle: '' })));
      return next;
    }, samplePipeline());
  });

  it('renews the source of a new edge, because its port fills', () => {
    const toFlow = createFlowMapper();
    const content = samplePipeline();
    const before = toFlow(input(content));
    const wired = after(content, [{ op: 'step.setInput', step: 'train', input: 'extra', value: '${{parent.jobs.score.outputs.scored}}' }]);
    expect(renewed(before, toFlow(input(wired)))).toEqual(['train', 'score', 'score.outputs.scored->train.inputs.extra']);
  });

  it('keeps an edge whose port is gone, drawn broken', () => {
    const content = after(samplePipeline(), [{ op: 'step.setInput', step: 'train', input: 'table', value: '${{parent.jobs.split.outputs.third}}' }]);
    const { nodes, edges } = createFlowMapper()(input(content));
    expect(edges.find(({ target }) => target === 'train')?.data).toMatchObject({ isBroken: true });
    const outputs = nodes.find(({ id }) => id === 'split')?.data.view.outputs;
    expect(outputs?.find(({ name }) => name === 'third')).toMatchObject({ isBroken: true, type: null });
  });

  it('marks the port that reads a step which is gone', () => {
    const content = after(samplePipeline(), [{ op: 'step.remove', step: 'import' }]);
    const { nodes } = createFlowMapper()(input(content));
    expect(nodes.find(({ id }) => id === 'split')?.data.view.inputs).toMatchObject([{ name: 'table', isBroken: true }]);
  });

  it('draws a step of an unknown component with the ports that its bindings name', () => {
    const { nodes } = createFlowMapper()({ ...input(samplePipeline()), components: {} });
    expect(nodes.find(({ id }) => id === 'split')?.data.view).toMatchObject({ isMissing: true, title: 'split' });
    expect(nodes.find(({ id }) => id === 'split')?.data.view.outputs.map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('shows parameters as ports when a step feeds them, or while a scalar is wired', () => {
    const toFlow = createFlowMapper();
    const inputsOf = (flow: FlowGraph) => flow.nodes.find(({ id }) => id === 'split')?.data.view.inputs.map(({ name }) => name);
    expect(inputsOf(toFlow(input(samplePipeline())))).toEqual(['table']);
    expect(inputsOf(toFlow(input(samplePipeline(), { areScalarsShown: true })))).toEqual(['table', 'fraction', 'seed']);
    const fed = after(samplePipeline(), [{ op: 'step.setInput', step: 'split', input: 'seed', value: '${{parent.jobs.import.outputs.table}}' }]);
    expect(inputsOf(toFlow(input(fed)))).toEqual(['table', 'seed']);
  });

  it('brings many ports of a side together into one', () => {
    const outputs = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`o${index}`, { type: 'mltable' as const }]));
    const components = { ...sampleComponents, 'azureml:import:1': { ...sampleComponents['azureml:import:1'], inputs: {}, outputs } };
    const content = after(samplePipeline(), [{ op: 'step.setInput', step: 'split', input: 'table', value: '${{parent.jobs.import.outputs.o5}}' }]);
    const { nodes, edges } = createFlowMapper()({ ...input(content), components });
    expect(nodes.find(({ id }) => id === 'import')?.handles?.map(({ id }) => id)).toEqual(['outputs.*']);
    expect(edges[0]).toMatchObject({ sourceHandle: 'outputs.*', targetHandle: 'inputs.table' });
  });
});
