import type { StepStatus } from '@pipewright/shared/run/status.ts';
import type { Viewport } from '@xyflow/react';
import { type Box, boxAround, type Size } from './geometry.ts';

/** A step on the map. */
export interface MapStep extends Box {
  readonly status: StepStatus | 'none';
  readonly isSelected: boolean;
}

/** The part of the paper that the map shows: from here on, at this scale. */
export interface MapFrame {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** In pixels of the map, around all that it shows. */
const margin = 5;

/** All steps and the window, as large as they fit. */
export function mapFrame(steps: Box | null, window: Box, size: Size): MapFrame {
  const box = boxAround(steps ? [steps, window] : [window]) ?? window;
  const scale = Math.min((size.width - 2 * margin) / box.width, (size.height - 2 * margin) / box.height);
  return { x: box.x - (size.width / scale - box.width) / 2, y: box.y - (size.height / scale - box.height) / 2, scale };
}

/** What of the paper is seen in the canvas. */
export const windowOf = ({ x, y, zoom }: Viewport, { width, height }: Size): Box => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});

const loud: ReadonlySet<StepStatus | 'none'> = new Set(['running', 'failed', 'timed-out', 'lost']);

interface Surface {
  readonly canvas: HTMLCanvasElement;
  readonly size: Size;
}

interface Painted {
  readonly steps: readonly MapStep[];
  readonly window: Box;
}

/**
 * Paints the map into one canvas. The steps are kept as a picture, which is painted anew only when they, or the part of the
 * paper that the map shows, are others: a move of the window inside that is one picture and one rectangle.
 */
export function createMapPainter({ canvas, size }: Surface): (painted: Painted) => MapFrame {
  const ratio = window.devicePixelRatio || 1;
  const target = surfaceOf(canvas, size, ratio);
  const picture = surfaceOf(document.createElement('canvas'), size, ratio);
  const colourOf = coloursOf(canvas);
  let kept: { readonly steps: readonly MapStep[]; readonly box: Box | null; readonly frame: MapFrame } | null = null;
  return ({ steps, window: seen }) => {
    const box = kept?.steps === steps ? kept.box : boxAround(steps);
    const frame = mapFrame(box, seen, size);
    const isKept = kept?.steps === steps && kept.frame.x === frame.x && kept.frame.y === frame.y && kept.frame.scale === frame.scale;
    if (!isKept && picture) paintSteps(picture, { steps, frame, size, colourOf });
    kept = { steps, box, frame };
    if (target && picture) {
      target.clearRect(0, 0, size.width, size.height);
      target.drawImage(picture.canvas, 0, 0, size.width, size.height);
      paintWindow(target, { seen, frame, size, colourOf });
    }
    return frame;
  };
}

function surfaceOf(canvas: HTMLCanvasElement, { width, height }: Size, ratio: number): CanvasRenderingContext2D | null {
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext('2d');
  context?.scale(ratio, ratio);
  return context;
}

type ColourOf = (token: string) => string;

/** The tokens of the theme in which the canvas stands. */
function coloursOf(element: Element): ColourOf {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (token) => {
    const colour = known.get(token) ?? style.getPropertyValue(`--pw-${token}`);
    known.set(token, colour);
    return colour;
  };
}

interface Scene {
  readonly frame: MapFrame;
  readonly size: Size;
  readonly colourOf: ColourOf;
}

function paintSteps(context: CanvasRenderingContext2D, { steps, frame, size, colourOf }: Scene & { readonly steps: readonly MapStep[] }): void {
  context.clearRect(0, 0, size.width, size.height);
  for (const { x, y, width, height, status, isSelected } of steps) {
    context.globalAlpha = isSelected || loud.has(status) ? 0.9 : 0.45;
    context.fillStyle = colourOf(isSelected ? 'brand' : status === 'none' ? 'edge' : `st-${status}`);
    context.fillRect((x - frame.x) * frame.scale, (y - frame.y) * frame.scale, Math.max(1, width * frame.scale), Math.max(1, height * frame.scale));
  }
  context.globalAlpha = 1;
}

/** What lies outside of the window is veiled. */
function paintWindow(context: CanvasRenderingContext2D, { seen, frame, size, colourOf }: Scene & { readonly seen: Box }): void {
  const at = [(seen.x - frame.x) * frame.scale, (seen.y - frame.y) * frame.scale, seen.width * frame.scale, seen.height * frame.scale] as const;
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.rect(...at);
  context.globalAlpha = 0.62;
  context.fillStyle = colourOf('canvas');
  context.fill('evenodd');
  context.globalAlpha = 1;
  context.strokeStyle = colourOf('brand');
  context.lineWidth = 2;
  context.strokeRect(...at);
}
