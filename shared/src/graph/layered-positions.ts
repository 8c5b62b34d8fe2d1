import type { Position } from '../pipeline/layout.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { adjacencyOf } from './adjacency.ts';
import { topologicalOrder } from './topological-order.ts';

/** A node is 240 × 68 with 24 between columns and 44 between rows; flow runs downwards. */
const columnWidth = 264;
const rowHeight = 112;
const grid = 8;

/**
 * Places for all steps of a pipeline that has no layout: rows by the longest way from a source, within a row near the
 * middle of what feeds a step. Deterministic; good enough to read, the layout worker of the page does better.
 */
export function layeredPositions(document: Pipeline): Record<string, Position> {
  const { above } = adjacencyOf(document);
  const ordered = topologicalOrder(document);
  const isOrdered = new Set(ordered);
  const rest = Object.keys(document.jobs).filter((key) => !isOrdered.has(key));
  const rows: string[][] = [];
  const rowOf = new Map<string, number>();
  for (const key of ordered) {
    const row = Math.max(-1, ...(above.get(key) ?? []).map((source) => rowOf.get(source) ?? -1)) + 1;
    rowOf.set(key, row);
    (rows[row] ??= []).push(key);
  }
  if (rest.length > 0) rows.push(rest);
  const centre = new Map<string, number>();
  const positions: Record<string, Position> = {};
  for (const [row, keys] of rows.entries()) {
    const wanted = new Map(keys.map((key, index) => [key, barycentre(above.get(key) ?? [], centre) ?? index - (keys.length - 1) / 2]));
    const sorted = keys.toSorted((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    for (const [index, key] of sorted.entries()) {
      const column = index - (sorted.length - 1) / 2;
      centre.set(key, column);
      positions[key] = { x: Math.round((column * columnWidth) / grid) * grid, y: row * rowHeight };
    }
  }
  return positions;
}

function barycentre(sources: readonly string[], centre: ReadonlyMap<string, number>): number | undefined {
  const known = sources.flatMap((source) => centre.get(source) ?? []);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}
