import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pipeline } from '../pipeline/pipeline.ts';
import { edgeId, edgesOf } from './edges-of.ts';
import { findCycle } from './find-cycle.ts';
import { layeredPositions } from './layered-positions.ts';
import { downstreamOf, upstreamOf } from './reachable-from.ts';
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

describe('findCycle', () => {
  it('names the members in order', () => {
    // a ──> b ──> c ──> a     d
    expect(findCycle(graph({ d: [], a: ['c'], b: ['a'], c: ['b'] }))).toEqual(['a', 'b', 'c']);
  });

  it('finds a step that reads itself', () => {
    expect(findCycle(graph({ a: ['a'] }))).toEqual(['a']);
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
