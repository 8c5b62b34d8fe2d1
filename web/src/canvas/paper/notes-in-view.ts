import type { Layout, Note } from '@pipewright/shared/pipeline/layout.ts';
import { useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { Box } from '../geometry.ts';
import { overlaps } from './frame-boxes.ts';
import { noteColor, type PaperColor } from './paper-color.ts';

/** More notes than this in the window are drawn as one picture: nobody could read them. */
export const mostNotesDrawn = 300;

/**
 * The notes in the window and somewhat around it. The window counts in coarse steps, so that panning wakes this a few
 * times per window and not per pixel.
 */
export function useNotesInView(notes: Layout['notes']): readonly (readonly [id: string, note: Note])[] {
  const region = useStore(({ transform: [x, y, zoom], width, height }) => {
    const [w, h] = [Math.max(400, width / zoom), Math.max(300, height / zoom)];
    const step = 2 ** Math.ceil(Math.log2(Math.max(w, h) / 2));
    const at = (place: number): number => Math.floor(place / step) * step;
    return [at(-x / zoom) - step / 2, at(-y / zoom) - step / 2, w + 2 * step, h + 2 * step].map(Math.round).join(' ');
  });
  return useMemo(() => {
    const entries = Object.entries(notes);
    // Few notes cost less than finding out which of them are seen.
    if (entries.length <= 50) return entries;
    const [x = 0, y = 0, width = 0, height = 0] = region.split(' ').map(Number);
    const box: Box = { x, y, width, height };
    return entries.filter(([, note]) => overlaps(note, box));
  }, [notes, region]);
}

/** Of each colour one path with a rectangle for every note. */
export function pictureOfNotes(notes: readonly (readonly [string, Note])[]): ReadonlyMap<PaperColor, string> {
  const paths = new Map<PaperColor, string[]>();
  for (const [, { x, y, width, height, color }] of notes) {
    const path = paths.get(noteColor(color)) ?? [];
    paths.set(noteColor(color), path);
    path.push(`M${x} ${y}h${width}v${height}h${-width}z`);
  }
  return new Map([...paths].map(([color, path]) => [color, path.join('')]));
}
