import type { Pipeline } from '../pipeline/pipeline.ts';
import { adjacencyOf } from './adjacency.ts';

/** Every step that reads, directly or not, what these put out; they themselves only where they are below another. */
export function downstreamOf(document: Pipeline, keys: Iterable<string>): Set<string> {
  return reachable(adjacencyOf(document).below, keys);
}

/** Every step that these need, directly or not. */
export function upstreamOf(document: Pipeline, keys: Iterable<string>): Set<string> {
  return reachable(adjacencyOf(document).above, keys);
}

function reachable(neighbours: ReadonlyMap<string, readonly string[]>, keys: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const open = [...keys];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const next of neighbours.get(key) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
