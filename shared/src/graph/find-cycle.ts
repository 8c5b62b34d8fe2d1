import type { Pipeline } from '../pipeline/pipeline.ts';
import { adjacencyOf } from './adjacency.ts';

/** The members of one cycle, each feeding the next and the last the first; null when there is none. Iterative, O(V+E). */
export function findCycle(document: Pipeline): string[] | null {
  const { below } = adjacencyOf(document);
  const finished = new Set<string>();
  for (const start of below.keys()) {
    if (finished.has(start)) continue;
    const path: string[] = [start];
    const onPath = new Map<string, number>([[start, 0]]);
    const pending: number[] = [0];
    while (path.length > 0) {
      const key = path[path.length - 1] ?? start;
      const index = pending[pending.length - 1] ?? 0;
      const next = below.get(key)?.[index];
      if (next === undefined) {
        finished.add(key);
        onPath.delete(key);
        path.pop();
        pending.pop();
        continue;
      }
      pending[pending.length - 1] = index + 1;
      const seenAt = onPath.get(next);
      if (seenAt !== undefined) return path.slice(seenAt);
      if (finished.has(next)) continue;
      onPath.set(next, path.length);
      path.push(next);
      pending.push(0);
    }
  }
  return null;
}
