import { Component } from '@pipewright/shared/component/component.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { Layout } from '@pipewright/shared/pipeline/layout.ts';
import { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeSize, type Box } from './geometry.ts';
import { makeRoom } from './make-room.ts';
import { createUnfoldingMapper, type InnerGraph, type UnfoldInput } from './unfold.ts';
import { sourcesIn, waitsFor } from './run-facts.ts';
import { neighbourOf } from './walk.ts';
import { completedStep, runningStep, waitingStep } from '../testing/run-builders.ts';

const command = { command: 'true' };
const folder = { type: 'uri_folder' };
const pipelineComponent = (jobs: object): Component =>
  Component.parse({
    type: 'pipeline',
    display_name: 'Inner',
    inputs: { data: folder, rate: { type: 'number', default: 1 } },
    outputs: { model: folder },
    jobs,
  });
const step = (from: string | null, to: string | null = null) => ({
  ...command,
  inputs: from === null ? {} : { data: from },
  outputs: { o: to ?? folder },
});
const innerJobs = {
  fit: step('${{parent.inputs.data}}'),
  deeper: { component: 'azureml:deep:1', inputs: { data: '${{parent.jobs.fit.outputs.o}}' }, outputs: { model: '${{parent.outputs.model}}' } },
};
const deepJobs = { last: step('${{parent.inputs.data}}', '${{parent.outputs.model}}') };
const components = { 'azureml:outer:1': pipelineComponent(innerJobs), 'azureml:deep:1': pipelineComponent(deepJobs) };
const content = (jobs: object, steps: object = {}): DraftContent => ({
  document: Pipeline.parse({ type: 'pipeline', inputs: { data: folder }, jobs }),
  layout: Layout.parse({ steps, notes: {}, groups: {} }),
});
const outer = content(
  {
    prep: step(null),
    a: { component: 'azureml:outer:1', inputs: { data: '${{parent.jobs.prep.outputs.o}}' } },
    beside: step('${{parent.jobs.prep.outputs.o}}'),
    after: step('${{parent.jobs.a.outputs.model}}'),
  },
  { prep: { x: 0, y: 0 }, a: { x: 0, y: 112 }, beside: { x: 264, y: 112 }, after: { x: 0, y: 224 } },
);
const inner: InnerGraph = { content: content(innerJobs, { fit: { x: 40, y: 40 }, deeper: { x: 40, y: 152 } }), components };
const deep: InnerGraph = { content: content(deepJobs), components };
const none: ReadonlySet<string> = new Set();
const input = (unfolded: ReadonlyMap<string, InnerGraph>, over: Partial<UnfoldInput> = {}): UnfoldInput => ({
  content: outer,
  components,
  selectedSteps: none,
  selectedEdges: none,
  areScalarsShown: false,
  unfolded,
  roomNumber: 0,
  ...over,
});
const boxOf = ({ nodes }: ReturnType<ReturnType<typeof createUnfoldingMapper>>, id: string): Box => {
  const node = nodes.find((each) => each.id === id);
  if (!node) throw new Error(`expected a node ${id}`);
  return { ...node.position, ...nodeSize, ...node.measured };
};
const holds = (around: Box, box: Box): boolean =>
  box.x > around.x && box.y > around.y && box.x + box.width < around.x + around.width && box.y + box.height < around.y + around.height;
const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('what a step waits for', () => {
  const sources = sourcesIn(
    createUnfoldingMapper()(
      input(
        new Map([
          ['a', inner],
          ['a/deeper', deep],
        ]),
      ),
    ),
  );
  const sourcesOf = (key: string): readonly string[] => sources.get(key) ?? [];

  it('is what it reads, through the frames of the pipelines that it is in', () => {
    expect(['a/fit', 'a/deeper/last', 'after', 'beside'].map(sourcesOf)).toEqual([['prep'], ['a/fit'], ['a'], ['prep']]);
  });

  it('may be a pipeline, until all of its steps are done', () => {
    const steps = { prep: completedStep('prep'), 'a/fit': completedStep('a/fit'), 'a/deeper/last': runningStep('a/deeper/last'), after: waitingStep('after') };
    expect(waitsFor(steps, 'after', { sourcesOf })).toBe('a');
    expect(waitsFor({ ...steps, 'a/deeper/last': completedStep('a/deeper/last') }, 'after', { sourcesOf })).toBe('');
  });
});

describe('a pipeline unfolded in its place', () => {
  const both = new Map([
    ['a', inner],
    ['a/deeper', deep],
  ]);

  it('is a frame around its steps, which are around those further inside', () => {
    const graph = createUnfoldingMapper()(input(both));
    expect(graph.nodes.map(({ id }) => id)).toEqual(['prep', 'a', 'a/fit', 'a/deeper', 'a/deeper/last', 'beside', 'after']);
    expect(holds(boxOf(graph, 'a'), boxOf(graph, 'a/fit'))).toBe(true);
    expect(holds(boxOf(graph, 'a'), boxOf(graph, 'a/deeper'))).toBe(true);
    expect(holds(boxOf(graph, 'a/deeper'), boxOf(graph, 'a/deeper/last'))).toBe(true);
    expect(graph.nodes.map(({ zIndex = 0 }) => zIndex)).toEqual([0, 0, 1, 1, 2, 0, 0]);
  });

  it('has its edges from outside at the ports of the frame, and others from there to its steps', () => {
    const graph = createUnfoldingMapper()(input(both));
    const ends = graph.edges.map(({ source, sourceHandle, target, targetHandle }) => `${source} ${sourceHandle} > ${target} ${targetHandle}`);
    expect(ends).toEqual(
      expect.arrayContaining([
        'prep outputs.o > a inputs.data',
        'a inside.inputs.data > a/fit inputs.data',
        'a/fit outputs.o > a/deeper inputs.data',
        'a/deeper inside.inputs.data > a/deeper/last inputs.data',
        'a/deeper/last outputs.o > a/deeper inside.outputs.model',
        'a/deeper outputs.model > a inside.outputs.model',
        'a outputs.model > after inputs.data',
      ]),
    );
    const handles = graph.nodes.find(({ id }) => id === 'a')?.handles ?? [];
    for (const { source, target, sourceHandle, targetHandle } of graph.edges) {
      if (source === 'a') expect(handles).toContainEqual(expect.objectContaining({ id: sourceHandle, type: 'source' }));
      if (target === 'a') expect(handles).toContainEqual(expect.objectContaining({ id: targetHandle, type: 'target' }));
    }
    // Nothing of what is inside can be edited from here.
    expect(graph.edges.filter(({ data }) => data?.edge).map(({ id }) => id)).toHaveLength(3);
  });

  it('has the edge and the full port of an output that is bound with a mode as of one that is bound by a text', () => {
    const graphOf = (model: unknown) => {
      const jobs = { ...innerJobs, deeper: { ...innerJobs.deeper, outputs: { model } } };
      const { nodes, edges } = createUnfoldingMapper()(input(new Map([['a', { ...inner, content: content(jobs, inner.content.layout.steps) }]])));
      return { edges, ports: nodes.find(({ id }) => id === 'a/deeper')?.data.view.outputs };
    };
    const bound = graphOf({ path: '${{parent.outputs.model}}', mode: 'upload' });
    expect(bound.edges.map(({ id }) => id)).toContain('a/deeper.model out a.model');
    expect(bound.ports).toMatchObject([{ name: 'model', isConnected: true }]);
    expect(bound).toEqual(graphOf('${{parent.outputs.model}}'));
    expect(graphOf({ path: './model', mode: 'upload' }).ports).toMatchObject([{ name: 'model', isConnected: false }]);
  });

  it('makes the others give way, and leaves the document and, folded again, everything as it was', () => {
    const toFlow = createUnfoldingMapper();
    const before = toFlow(input(new Map()));
    const graph = toFlow(input(both));
    const boxes = ['prep', 'a', 'beside', 'after'].map((id) => boxOf(graph, id));
    for (const [index, box] of boxes.entries()) for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
    expect(boxOf(graph, 'a').x + boxOf(graph, 'a').width / 2).toBe(boxOf(before, 'a').x + nodeSize.width / 2);
    const after = toFlow(input(new Map()));
    expect(after.nodes.every((node, index) => node === before.nodes[index])).toBe(true);
    expect(after.room.size).toBe(0);
  });

  it('gives the same objects for what a drag does not move, and moves what lies in a frame along with it', () => {
    const toFlow = createUnfoldingMapper();
    const graph = toFlow(input(both));
    const moved = { ...outer, layout: { ...outer.layout, steps: { ...outer.layout.steps, beside: { x: 400, y: 112 } } } };
    const next = toFlow(input(both, { content: moved }));
    expect(next.nodes.flatMap((node, index) => (node === graph.nodes[index] ? [] : [node.id]))).toEqual(['beside']);
    expect(next.edges.every((edge, index) => edge === graph.edges[index])).toBe(true);
    expect(boxOf(next, 'beside').x - boxOf(graph, 'beside').x).toBe(136);
    const dragged = { ...outer, layout: { ...moved.layout, steps: { ...moved.layout.steps, a: { x: 80, y: 112 } } } };
    const along = toFlow(input(both, { content: dragged }));
    expect(along.nodes.flatMap((node, index) => (node === next.nodes[index] ? [] : [node.id]))).toEqual(['a', 'a/fit', 'a/deeper', 'a/deeper/last']);
    expect(boxOf(along, 'a/deeper/last').x - boxOf(next, 'a/deeper/last').x).toBe(80);
  });

  it('is walked into and out of by arrow keys', () => {
    const graph = createUnfoldingMapper()(input(both));
    const walk = (from: string, direction: 'up' | 'down'): string | null => neighbourOf(graph, { from, direction });
    expect(walk('a', 'down')).toBe('a/fit');
    expect(walk('a/fit', 'down')).toBe('a/deeper');
    expect(walk('a/deeper', 'down')).toBe('a/deeper/last');
    expect(walk('a/deeper/last', 'down')).toBe('after');
    expect(walk('a/deeper/last', 'up')).toBe('a/deeper');
    expect(walk('a/fit', 'up')).toBe('a');
    expect(walk('after', 'up')).toBe('a');
    expect(neighbourOf(graph, { from: 'a', direction: 'right' })).toBe('beside');
  });
});

describe('makeRoom', () => {
  it('never lets nodes overlap that did not before', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 40 }) });
    const size = fc.record({ width: fc.integer({ min: 336, max: 1600 }), height: fc.integer({ min: 176, max: 900 }) });
    fc.assert(
      fc.property(
        fc.uniqueArray(place, { minLength: 2, maxLength: 12, selector: ({ x, y }) => `${x} ${y}` }),
        fc.array(size, { maxLength: 3 }),
        (places, sizes) => {
          const nodes = places.map(({ x, y }, index) => ({ id: `s${index}`, x: x * 24, y: y * 24, ...nodeSize }));
          const frames = new Map(sizes.slice(0, nodes.length).map((each, index) => [`s${index}`, each]));
          const room = makeRoom(nodes, frames);
          const placed = nodes.map((node) => ({
            ...node,
            x: node.x + (room.get(node.id)?.x ?? 0),
            y: node.y + (room.get(node.id)?.y ?? 0),
            ...frames.get(node.id),
          }));
          for (const [index, a] of nodes.entries()) {
            for (const [offset, b] of nodes.slice(index + 1).entries()) {
              if (overlap(a, b)) continue;
              const [after, other] = [placed[index], placed[index + 1 + offset]];
              if (after && other) expect(overlap(after, other)).toBe(false);
            }
          }
        },
      ),
    );
  });
});
