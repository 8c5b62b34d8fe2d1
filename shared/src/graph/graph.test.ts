import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLayout } from '../pipeline/layout.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import type { Step } from '../pipeline/step.ts';
import { dose } from '../testing/dose.ts';
import { edgeId, edgesOf } from './edges-of.ts';
import { findCycle } from './find-cycle.ts';
import { layeredPositions } from './layered-positions.ts';
import { downstreamOf, upstreamOf } from './reachable-from.ts';
import { thumbnailOf } from './thumbnail-of.ts';
import { topologicalOrder } from './topological-order.ts';

// Drawings: A ──> B means that B reads A's output `out`.

/** A pipeline from who reads whom; keys are in the given order. */
function graph(reads: Record<string, readonly string[]>): Pipeline {
  const jobs = Object.fromEntries(
    Object.entries(reads).map(([key, sources]) => [
      key,
      { command: 'true', inputs: Object.fromEntries(sources.map((source) => [`i_${source}`, `\${{parent.jobs.${source}.outputs.out}}`])) },
    ]),
  );
  return Pipeline.parse({ type: 'pipeline', jobs });
}

describe('edgesOf', () => {
  it('derives edges from bindings, whole or embedded, and from data with a bound path', () => {
    const document = Pipeline.parse({
      jobs: {
        a: { command: 'true', outputs: { out: null } },
        b: {
          command: 'true',
          inputs: {
            whole: '${{parent.jobs.a.outputs.out}}',
            inside: 'x-${{parent.jobs.a.outputs.out}}',
            bound: { path: '${{parent.jobs.a.outputs.out}}', mode: 'download' },
            literal: 3,
          },
        },
      },
    });
    expect(edgesOf(document).map(edgeId)).toEqual(['a.outputs.out->b.inputs.whole', 'a.outputs.out->b.inputs.inside', 'a.outputs.out->b.inputs.bound']);
  });
});

describe('edgesOf, where a step reads what another was given', () => {
  // load ──> a.data ··> b.same ··> c.text        x.i <··> y.i
  const document = Pipeline.parse({
    jobs: {
      c: { command: 'true', inputs: { text: 'see ${{parent.jobs.b.inputs.same}} and ${{parent.jobs.b.inputs.same}}' } },
      b: { command: 'true', inputs: { same: '${{parent.jobs.a.inputs.data}}' } },
      a: { command: 'true', inputs: { data: '${{parent.jobs.load.outputs.out}}' } },
      load: { command: 'true', outputs: { out: null } },
      x: { command: 'true', inputs: { i: 'a ${{parent.jobs.y.inputs.i}}' } },
      y: { command: 'true', inputs: { i: 'b ${{parent.jobs.x.inputs.i}}' } },
    },
  });

  it('takes them from the output at the end of the way, each once', () => {
    expect(edgesOf(document).map(edgeId)).toEqual(['load.outputs.out->c.inputs.text', 'load.outputs.out->b.inputs.same', 'load.outputs.out->a.inputs.data']);
  });

  it('puts the reader after what it reads in the end', () => {
    expect(topologicalOrder(document)[0]).toBe('load');
  });

  it('keeps edges from steps that do not exist, to be drawn broken', () => {
    expect(edgesOf(graph({ a: ['gone'] })).map(edgeId)).toEqual(['gone.outputs.out->a.inputs.i_gone']);
  });
});

describe('edgesOf, after an edit of another step', () => {
  it('has the edges of a step under its new key, and those that go by what the other was given', () => {
    const reader: Step = { inputs: { data: '${{parent.jobs.a.outputs.out}}' }, outputs: {} };
    const through: Step = { inputs: { data: '${{parent.jobs.reader.inputs.data}}' }, outputs: {} };
    const source: Step = { inputs: {}, outputs: { out: null } };
    const jobs = { a: source, b: source, reader, through };
    const before: Pipeline = { ...graph({}), jobs };
    expect(edgesOf(before).map(edgeId)).toEqual(['a.outputs.out->reader.inputs.data', 'a.outputs.out->through.inputs.data']);
    const edited: Pipeline = { ...before, jobs: { ...jobs, reader: { ...reader, inputs: { data: '${{parent.jobs.b.outputs.out}}' } } } };
    expect(edgesOf(edited).map(edgeId)).toEqual(['b.outputs.out->reader.inputs.data', 'b.outputs.out->through.inputs.data']);
    const renamed: Pipeline = { ...before, jobs: { a: source, other: reader } };
    expect(edgesOf(renamed).map(edgeId)).toEqual(['a.outputs.out->other.inputs.data']);
  });
});

describe('findCycle', () => {
  it('names the members in order', () => {
    // a ──> b ──> c ──> a     d
    expect(findCycle(graph({ d: [], a: ['c'], b: ['a'], c: ['b'] }))).toEqual(['a', 'b', 'c']);
  });

  it('finds a step that reads itself', () => {
    expect(findCycle(graph({ a: ['a'] }))).toEqual(['a']);
  });

  it('finds one that goes through the input of a step on it', () => {
    // a ──> b.data ··> a
    const document = Pipeline.parse({
      jobs: {
        a: { command: 'true', inputs: { i: '${{parent.jobs.b.inputs.data}}' } },
        b: { command: 'true', inputs: { data: '${{parent.jobs.a.outputs.out}}' } },
      },
    });
    expect(findCycle(document)).toEqual(['a']);
  });

  it('does not run out of stack on a long chain', () => {
    const keys = Array.from({ length: 5000 }, (_, index) => `s${index}`);
    const chain = graph(Object.fromEntries(keys.map((key, index) => [key, index === 0 ? [] : [keys[index - 1] ?? '']])));
    expect(findCycle(chain)).toBeNull();
    expect(topologicalOrder(chain)).toEqual(keys);
  });

  it('finds none in a diamond', () => {
    // a ──> b ──> d,  a ──> c ──> d
    expect(findCycle(graph({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }))).toBeNull();
  });
});

describe('topologicalOrder', () => {
  it('keeps document order among steps that are free', () => {
    // c   a ──> b
    expect(topologicalOrder(graph({ c: [], a: [], b: ['a'] }))).toEqual(['c', 'a', 'b']);
  });

  it('puts every step after all that feed it, and finds a cycle exactly when a step is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 1, maxLength: 10 }), (rows) => {
        const document = graph(
          Object.fromEntries(
            rows.map((sources, key) => [`s${key}`, [...new Set(sources)].filter((source) => source < rows.length).map((source) => `s${source}`)]),
          ),
        );
        const order = topologicalOrder(document);
        const place = new Map(order.map((key, index) => [key, index]));
        for (const { from, to } of edgesOf(document)) {
          const [source, target] = [place.get(from.step), place.get(to.step)];
          if (target !== undefined) expect(source).toBeLessThan(target);
        }
        expect(order.length === rows.length).toBe(findCycle(document) === null);
      }),
      dose(200),
    );
  });
});

describe('downstreamOf and upstreamOf', () => {
  // a ──> b ──> c     d ──> c
  const document = graph({ a: [], b: ['a'], d: [], c: ['b', 'd'] });

  it('follow the edges as far as they go', () => {
    expect([...downstreamOf(document, ['a'])].toSorted()).toEqual(['b', 'c']);
    expect([...upstreamOf(document, ['c'])].toSorted()).toEqual(['a', 'b', 'd']);
  });
});

describe('layeredPositions', () => {
  it('puts each step below what feeds it and never two in one place', () => {
    const positions = layeredPositions(graph({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: [] }));
    expect(positions['d']?.y).toBeGreaterThan(positions['b']?.y ?? Number.NaN);
    expect(new Set(Object.values(positions).map(({ x, y }) => `${x} ${y}`)).size).toBe(5);
  });

  it('places the members of a cycle as well', () => {
    expect(Object.keys(layeredPositions(graph({ a: ['b'], b: ['a'] }))).toSorted()).toEqual(['a', 'b']);
  });
});

describe('thumbnailOf', () => {
  const document = graph({ a: [], b: ['a', 'gone'], c: ['a', 'b'] });

  it('draws the layout where every step has a place', () => {
    const steps = { a: { x: 0, y: 0 }, b: { x: 8, y: 112 }, c: { x: 16, y: 224 } };
    const thumbnail = thumbnailOf({ document, layout: { ...emptyLayout, steps } }, {});
    expect(thumbnail.steps.map(({ x, y }) => ({ x, y }))).toEqual(Object.values(steps));
    expect(thumbnail.steps[0]?.family).toBe('code');
    expect(thumbnail.edges).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
  });

  it('places all anew where one has none', () => {
    const { steps } = thumbnailOf({ document, layout: { ...emptyLayout, steps: { a: { x: 999, y: 999 } } } }, {});
    expect(new Set(steps.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
    expect(steps[0]?.y).toBe(0);
  });
});
