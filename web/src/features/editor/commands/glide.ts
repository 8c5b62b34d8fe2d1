import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Position } from '@pipewright/shared/pipeline/layout.ts';
import type { Point } from '../../../canvas/geometry.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';
import { moveSteps } from '../model/move-steps.ts';
import type { Editor } from '../store/editor-context.tsx';

const glideMs = 260;
/** More steps than this would only stutter. */
const mostGliding = 300;

interface GlidingMove {
  readonly label: string;
  /** What else belongs to the same entry of the history. */
  readonly more?: readonly DraftOp[];
}

/**
 * Moves steps as one entry of the history. The document has its new places at once; the drawing glides to them, unless
 * somebody wants no motion, or takes hold of something meanwhile.
 */
export function moveGliding({ store }: Editor, places: ReadonlyMap<string, Position>, { label, more = [] }: GlidingMove): void {
  const { content, edit, setGlide } = store.getState();
  const before = positionsOf(content);
  const moved = new Map([...places].filter(([key, to]) => before[key] && (before[key].x !== to.x || before[key].y !== to.y)));
  if (moved.size === 0 && more.length === 0) return;
  const isStill = moved.size > mostGliding || matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!isStill) setGlide(between(before, moved, 0));
  if (!edit([...moveSteps(content, moved), ...more], { label }).ok || isStill) return setGlide(null);
  const edited = store.getState().content.layout;
  let startedAt: number | null = null;
  const step = (now: number): void => {
    startedAt ??= now;
    const part = (now - startedAt) / glideMs;
    if (part >= 1 || store.getState().content.layout !== edited) return setGlide(null);
    setGlide(between(before, moved, 1 - (1 - part) ** 3));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function between(before: Readonly<Record<string, Point>>, after: ReadonlyMap<string, Point>, part: number): ReadonlyMap<string, Point> {
  return new Map(
    [...after].map(([key, to]) => {
      const from = before[key] ?? to;
      return [key, { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }];
    }),
  );
}
