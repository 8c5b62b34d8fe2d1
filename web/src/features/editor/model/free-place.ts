import { gridSize, nodeGapX, nodeHeight, nodeWidth, type Point, snapToGrid } from '../../../canvas/geometry.ts';

const gap = 16;
const furthest = 40;

/**
 * The place nearest to the wanted one where a node overlaps none of the others. Looks around in growing rings, first
 * to the right and below, where people expect something new.
 */
export function freePlace(taken: readonly Point[], wanted: Point): Point {
  const start = snapToGrid(wanted);
  const isFree = ({ x, y }: Point): boolean => taken.every((other) => Math.abs(other.x - x) >= nodeWidth + gap || Math.abs(other.y - y) >= nodeHeight + gap);
  if (isFree(start)) return start;
  const [stepX, stepY] = [(nodeWidth + nodeGapX) / 3, (nodeHeight + gridSize * 3) / 2];
  for (let ring = 1; ring <= furthest; ring += 1) {
    for (const [dx, dy] of ringOf(ring)) {
      const place = snapToGrid({ x: start.x + dx * stepX, y: start.y + dy * stepY });
      if (isFree(place)) return place;
    }
  }
  return start;
}

/** The offsets at a distance, the nearest to the axes first. */
function ringOf(distance: number): (readonly [number, number])[] {
  const offsets: (readonly [number, number])[] = [];
  for (let along = 0; along <= distance; along += 1) {
    offsets.push(
      [distance, along],
      [along, distance],
      [-distance, along],
      [along, -distance],
      [distance, -along],
      [-along, distance],
      [-distance, -along],
      [-along, -distance],
    );
  }
  return offsets;
}
