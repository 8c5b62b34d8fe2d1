import type { Pipeline } from '../pipeline/pipeline.ts';
import { adjacencyOf } from './adjacency.ts';

/**
 * Steps such that each stands after all that feed it. Stable: among those that are free, document order decides. Members
 * of a cycle, and what is below one, are left out.
 */
export function topologicalOrder(document: Pipeline): string[] {
  const { above, below } = adjacencyOf(document);
  const rank = new Map([...above.keys()].map((key, index) => [key, index]));
  const missing = new Map([...above].map(([key, sources]) => [key, sources.length]));
  const order: string[] = [];
  let free = [...above.keys()].filter((key) => missing.get(key) === 0);
  while (free.length > 0) {
    const next: string[] = [];
    for (const key of free) {
      order.push(key);
      for (const target of below.get(key) ?? []) {
        const left = (missing.get(target) ?? 0) - 1;
        missing.set(target, left);
        if (left === 0) next.push(target);
      }
    }
    free = next.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
  }
  return order;
}
