import type { Layout, Note } from '@pipewright/shared/pipeline/layout.ts';
import { useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { Box } from '../geometry.ts';
import { overlaps } from './frame-boxes.ts';
import { noteColor, type PaperColor } from './paper-color.ts';

/** More notes than this in the window are drawn as one picture: nobody could read them. */
export const mostNotesDrawn = 300;

type PlacedNote = readonly [id: string, note: Note];

/** The notes in the window and a little around it. */
export function useNotesInView(notes: Layout['notes']): readonly PlacedNote[] {
  // As a text, so that a region which is the same wakes nobody.
  const region = useStore((flow) => Object.values(regionAround(flow)).join(' '));
  const entries = useMemo(() => Object.entries(notes), [notes]);
  return useMemo(() => {
    const [x = 0, y = 0, width = 0, height = 0] = region.split(' ').map(Number);
    return notesWithin(entries, { x, y, width, height });
  }, [entries, region]);
}

export function notesWithin(notes: readonly PlacedNote[], region: Box): readonly PlacedNote[] {
  // Few notes cost less than finding out which of them are seen.
  return notes.length <= 50 ? notes : notes.filter(([, note]) => overlaps(note, region));
}

interface Window {
  readonly transform: readonly [x: number, y: number, zoom: number];
  readonly width: number;
  readonly height: number;
}

/**
 * What is near enough to the window to be drawn, on the paper. It moves in coarse steps, so that panning wakes who reads
 * it a few times per window and not per pixel, and reaches beyond the window by half a step at least.
 */
export function regionAround({ transform: [x, y, zoom], width, height }: Window): Box {
  const [w, h] = [Math.max(400, width / zoom), Math.max(300, height / zoom)];
  const step = 2 ** Math.floor(Math.log2(Math.max(w, h) / 4));
  const before = (place: number): number => Math.floor(place / step) * step - step / 2;
  return { x: before(-x / zoom), y: before(-y / zoom), width: Math.ceil(w) + 2 * step, height: Math.ceil(h) + 2 * step };
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
