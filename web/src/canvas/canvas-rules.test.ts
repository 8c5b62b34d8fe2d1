import { StepStatus } from '@pipewright/shared/run/status.ts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { levelAt } from './detail-level.tsx';
import { edgeLook } from './edge-look.ts';
import { createFlowMapper } from './flow-graph.ts';
import { edgePath, labelPlace, nodeGapX, nodeWidth, portPoint } from './geometry.ts';
import { openingViewport } from './opening-viewport.ts';
import { queuedAhead } from './run-facts.ts';
import { marksOf } from './step-marks.tsx';
import { describeOutputs, stripOfRun } from './step-strip.ts';
import { sampleComponents, samplePipeline } from './testing/sample-pipeline.ts';
import { neighbourOf } from './walk.ts';

describe('geometry', () => {
  it('puts port i of n at x = 240 · (i + ½) / n', () => {
    expect([0, 1, 2].map((index) => portPoint('outputs', { index, count: 3 }))).toEqual([
      { x: 40, y: 68 },
      { x: 120, y: 68 },
      { x: 200, y: 68 },
    ]);
  });

  it('leaves ports downwards and enters from above, also where the way leads up again', () => {
    expect(edgePath({ x: 0, y: 0 }, { x: 100, y: 44 })).toBe('M0 0C0 26 100 18 100 44');
    expect(edgePath({ x: 0, y: 100 }, { x: 100, y: 0 })).toBe('M0 100C0 176 100 -76 100 0');
  });
});

describe('labels of ports', () => {
  it.each([2, 3, 4, 5, 6])('of %i never meet on a line, nor those of the next node', (count) => {
    const spans = Array.from({ length: count }, (_, index) => {
      const { line, room } = labelPlace(index, count);
      const { x } = portPoint('inputs', { index: index, count: count });
      return { line, from: x - room / 2, to: x + room / 2 };
    });
    for (const line of [0, 1]) {
      const onLine = spans.filter((span) => span.line === line);
      for (const [index, { from }] of onLine.entries()) expect(from).toBeGreaterThanOrEqual(onLine[index - 1]?.to ?? -nodeGapX / 2);
      expect(onLine.at(-1)?.to ?? 0).toBeLessThanOrEqual(nodeWidth + nodeGapX / 2);
    }
    expect(Math.min(...spans.map(({ from, to }) => to - from))).toBeGreaterThan(60);
  });
});

describe('detail by zoom', () => {
  it('changes at 0.75, 0.4 and 0.2', () => {
    expect([1, 0.75, 0.74, 0.4, 0.39, 0.2, 0.19].map((zoom) => levelAt(zoom, null))).toEqual(['full', 'full', 'title', 'title', 'outline', 'outline', 'block']);
  });

  it('does not tremble around a threshold', () => {
    expect(levelAt(0.74, 'full')).toBe('full');
    expect(levelAt(0.76, 'title')).toBe('title');
    expect(levelAt(0.72, 'full')).toBe('title');
    expect(levelAt(0.78, 'title')).toBe('full');
  });

  it('follows a jump over several levels', () => {
    expect(levelAt(0.1, 'full')).toBe('block');
    expect(levelAt(1.5, 'block')).toBe('full');
  });
});

describe('marks of a node', () => {
  it('say what of its control flow is not plain', () => {
    expect(marksOf({ inputs: {}, outputs: {} }, { key: 'a', document: { jobs: {}, settings: {} }, isPipeline: false })).toEqual([]);
    expect(
      marksOf(
        { inputs: {}, outputs: {}, when: 'failed', for_each: { items: ['a'] }, retries: { count: 1 }, limits: { timeout: 5 } },
        { key: 'a', document: { jobs: {}, settings: { on_finalize: 'a' } }, isPipeline: false },
      ),
    ).toEqual([
      { kind: 'condition', text: 'runs only if failed' },
      { kind: 'loop', text: 'runs for each of 1 item' },
      { kind: 'retries', text: 'tries again up to 1 time' },
      { kind: 'limit', text: 'is stopped after 5 s' },
      { kind: 'last', text: 'runs last, whatever becomes of the others' },
    ]);
  });
});

describe('edgeLook', () => {
  it.each([
    ['none', 'none', 'plain'],
    ['completed', 'waiting', 'ready'],
    ['completed', 'running', 'flowing'],
    ['reused', 'completed', 'reused'],
    ['running', 'waiting', 'pending'],
    ['failed', 'blocked', 'blocked'],
  ] as const)('from %s to %s is %s', (source, target, look) => {
    expect(edgeLook({ source, target })).toBe(look);
  });

  it('knows every pair of statuses', () => {
    const status = fc.constantFrom('none' as const, ...StepStatus.options);
    fc.assert(fc.property(status, status, (source, target) => edgeLook({ source, target }).length > 0));
  });
});

describe('the strip', () => {
  const base = { key: 'a', attempts: 1, notes: [], decision: 'run' as const, reasons: [], fingerprint: 'f', startedAt: '2026-01-01T00:00:00.000Z' };
  const scope = { titleOf: (step: string) => step.toUpperCase(), waitsFor: ['Split'], itemNoun: 'item' as const, ahead: 0, me: 'ada' };

  it('names what a waiting step waits for', () => {
    expect(stripOfRun({ key: 'a', attempts: 0, notes: [], status: 'waiting' }, scope)).toMatchObject({ word: 'Waiting', detail: 'for Split' });
  });

  it('shows the first error in the machine’s own words', () => {
    const failure = { reason: 'exit-code' as const, message: 'It ended with 1.', firstError: "KeyError: 'x'", lastLines: [] };
    const strip = stripOfRun({ ...base, status: 'failed', failure, endedAt: '2026-01-01T00:00:04.000Z' }, scope);
    expect(strip).toMatchObject({ detail: "KeyError: 'x'", isDetailCode: true, time: { kind: 'took', ms: 4000 } });
  });

  it('counts the trials of a sweep and the items of a loop', () => {
    const running = { ...base, status: 'running' as const, items: { total: 1, ended: 0, failed: 0 } };
    expect(stripOfRun(running, scope)).toMatchObject({ detail: '0 of 1 item' });
    const many = { ...running, items: { total: 20, ended: 12, failed: 2 } };
    expect(stripOfRun(many, { ...scope, itemNoun: 'trial' })).toMatchObject({ detail: '12 of 20 trials, 2 failed', share: 0.6 });
  });

  it('says what the best trial of a sweep has reached', () => {
    const best = { step: 'a/3', metric: 'r2', value: 0.98162 };
    const swept = { ...base, status: 'completed' as const, endedAt: base.startedAt, outputs: {}, isReusable: true, best };
    expect(stripOfRun(swept, scope)).toMatchObject({ detail: '0.9816 r2' });
    const counted = { ...swept, items: { total: 12, ended: 12, failed: 0 } };
    expect(stripOfRun(counted, { ...scope, itemNoun: 'trial' })).toMatchObject({ detail: '0.9816 r2 · 12 trials' });
  });

  it('says how many ask for a slot before it, and who stopped it', () => {
    const queued = { ...base, status: 'queued' as const, since: base.startedAt };
    expect(stripOfRun(queued, scope)).toMatchObject({ detail: 'for a slot' });
    expect(stripOfRun(queued, { ...scope, ahead: 2 })).toMatchObject({ detail: 'for a slot · 2 ahead' });
    const later = { ...queued, key: 'b', since: '2026-01-01T00:00:01.000Z' };
    expect(['a', 'b'].map((key) => queuedAhead({ a: queued, b: later }, key))).toEqual([0, 1]);
    const together = Object.fromEntries(['a', 'b', 'c'].map((key) => [key, { ...queued, key }]));
    expect(queuedAhead({ ...together, d: { ...later, key: 'd' } }, 'd')).toBe(3);
    expect(queuedAhead(together, 'c')).toBe(0);
    const counted = { ...together, later };
    const read = vi.spyOn(Object, 'values');
    for (const key of Object.keys(counted)) queuedAhead(counted, key);
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
    const stopped = (by: string) => stripOfRun({ ...base, status: 'cancelled', by, endedAt: base.startedAt }, scope).detail;
    expect([stopped('ada'), stopped('bob')]).toEqual(['by you', 'by bob']);
  });

  it('says which step blocks', () => {
    expect(stripOfRun({ ...base, status: 'blocked', by: ['train'], endedAt: base.startedAt }, scope)).toMatchObject({ detail: 'by TRAIN' });
  });

  it('describes tables by their shape and anything else by its size', () => {
    const artifact = { hash: 'a'.repeat(64), isFolder: true, sizeBytes: 1200, fileCount: 2 };
    const table = (rowCount: number) => ({ ...artifact, type: 'mltable' as const, rowCount, columnCount: 25 });
    // A branded hash is a string; what is described does not look at it.
    const outputs = (...values: object[]) => describeOutputs(values as Parameters<typeof describeOutputs>[0]);
    expect(outputs(table(193))).toBe('193 × 25');
    expect(outputs(table(145), table(48))).toBe('145 + 48 rows');
    expect(outputs({ ...artifact, type: 'mlflow_model' })).toBe('1.2 kB');
    expect(outputs()).toBe('');
  });
});

describe('walking with arrow keys', () => {
  const flow = createFlowMapper()({
    content: samplePipeline(),
    components: sampleComponents,
    selectedSteps: new Set(),
    selectedEdges: new Set(),
    areScalarsShown: false,
  });
  it('goes down and up along edges', () => {
    expect(neighbourOf(flow, { from: 'import', direction: 'down' })).toBe('split');
    expect(neighbourOf(flow, { from: 'split', direction: 'down' })).toBe('score');
    expect(neighbourOf(flow, { from: 'train', direction: 'up' })).toBe('split');
  });

  it('goes sideways to the step of about the same height', () => {
    expect(neighbourOf(flow, { from: 'split', direction: 'left' })).toBe('train');
  });

  it('begins at the top and ends at the edge of the graph', () => {
    expect(neighbourOf(flow, { from: null, direction: 'down' })).toBe('import');
    expect(neighbourOf(flow, { from: 'import', direction: 'up' })).toBeNull();
  });
});

describe('openingViewport', () => {
  const size = { width: 1000, height: 600 };
  it('shows a small graph as a whole, in the middle, not larger than life', () => {
    const nodes = [{ position: { x: 0, y: 0 } }];
    expect(openingViewport(nodes, size)).toEqual({ x: 380, y: 266, zoom: 1 });
  });

  it('moves one aside that would lie under the map, as far as there is room', () => {
    const column = [0, 112, 224, 336].map((y) => ({ position: { x: 0, y } }));
    const wide = [...column, { position: { x: 460, y: 0 } }];
    expect(openingViewport(column, size).x).toBe(380);
    expect(openingViewport(wide, size).x).toBe(192);
    const wider = [...column, { position: { x: 600, y: 0 } }];
    expect(openingViewport(wider, size).x).toBe(112);
  });

  it('opens a graph that is too large to be read at its beginning', () => {
    const nodes = Array.from({ length: 400 }, (_, index) => ({ position: { x: 0, y: index * 112 } }));
    const { x, y, zoom } = openingViewport(nodes, size);
    expect(zoom).toBe(0.42);
    expect(y).toBe(48);
    expect(x + 120 * zoom).toBe(500);
  });

  it('fills the window with one that is wide, whichever of its steps comes first', () => {
    const row = Array.from({ length: 40 }, (_, index) => ({ position: { x: index * 256, y: 0 } }));
    expect(openingViewport(row, size).x).toBe(48);
    const last = row.map((node, index) => (index === 39 ? { position: { ...node.position, y: -112 } } : node));
    const { x, zoom } = openingViewport(last, size);
    expect(x + (39 * 256 + 240) * zoom).toBeCloseTo(952);
  });
});
