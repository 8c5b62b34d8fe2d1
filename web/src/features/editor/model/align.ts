import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import { type Box, boxAround } from '../../../canvas/geometry.ts';

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';
export type Distribution = 'horizontally' | 'vertically';

/** Places at which boxes are in one line: at the outermost edge of them all, or around their middle. */
export function alignBoxes(boxes: ReadonlyMap<string, Box>, how: Alignment): ReadonlyMap<string, Position> {
  const whole = boxAround(boxes.values());
  if (!whole) return new Map();
  return new Map([...boxes].map(([key, box]) => [key, placeOf(box, whole, how)]));
}

function placeOf(box: Box, whole: Box, how: Alignment): Position {
  const { x, y } = box;
  switch (how) {
    case 'left':
      return { x: whole.x, y };
    case 'center':
      return { x: Math.round(whole.x + (whole.width - box.width) / 2), y };
    case 'right':
      return { x: whole.x + whole.width - box.width, y };
    case 'top':
      return { x, y: whole.y };
    case 'middle':
      return { x, y: Math.round(whole.y + (whole.height - box.height) / 2) };
    case 'bottom':
      return { x, y: whole.y + whole.height - box.height };
  }
}

/** Places with the same gap between each box and the next; the first and the last stay where they are. */
export function distributeBoxes(boxes: ReadonlyMap<string, Box>, how: Distribution): ReadonlyMap<string, Position> {
  const [start, size] = how === 'horizontally' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const sorted = [...boxes].toSorted(([, a], [, b]) => a[start] - b[start]);
  const [first, last] = [sorted[0]?.[1], sorted.at(-1)?.[1]];
  if (!first || !last || sorted.length < 3) return new Map();
  const taken = sorted.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = (last[start] + last[size] - first[start] - taken) / (sorted.length - 1);
  let at = first[start];
  return new Map(
    sorted.map(([key, box]): [string, Position] => {
      const place = { x: box.x, y: box.y, [start]: Math.round(at) };
      at += box[size] + gap;
      return [key, { x: place.x, y: place.y }];
    }),
  );
}
