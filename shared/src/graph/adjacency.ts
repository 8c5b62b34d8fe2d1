import { controlSourcesOf } from '../pipeline/control-references.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { edgesOf } from './edges-of.ts';

/**
 * Who must end before whom, by step: for its data, or for order and condition. Every step of the document is a key, and
 * each neighbour stands once, in document order.
 */
export interface Adjacency {
  readonly above: ReadonlyMap<string, readonly string[]>;
  readonly below: ReadonlyMap<string, readonly string[]>;
}

export function adjacencyOf(document: Pipeline): Adjacency {
  const known = adjacencies.get(document);
  if (known) return known;
  const adjacency = findAdjacency(document);
  adjacencies.set(document, adjacency);
  return adjacency;
}

/** A document is never changed in place: an edit makes another one. Rules, planner and canvas all ask about the same one. */
const adjacencies = new WeakMap<Pipeline, Adjacency>();

function findAdjacency(document: Pipeline): Adjacency {
  const above = new Map<string, Set<string>>();
  const below = new Map<string, Set<string>>();
  for (const key of Object.keys(document.jobs)) {
    above.set(key, new Set());
    below.set(key, new Set());
  }
  for (const { from, to } of edgesOf(document)) {
    if (!below.has(from.step)) continue;
    above.get(to.step)?.add(from.step);
    below.get(from.step)?.add(to.step);
  }
  for (const key of Object.keys(document.jobs)) {
    for (const source of controlSourcesOf(key, document)) {
      if (!below.has(source)) continue;
      above.get(key)?.add(source);
      below.get(source)?.add(key);
    }
  }
  return { above: toArrays(above), below: toArrays(below) };
}

const toArrays = (sets: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string[]> => new Map([...sets].map(([key, set]) => [key, [...set]]));
