import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Note } from '@pipewright/shared/pipeline/layout.ts';
import { type Point, type Size, snapToGrid } from '../../../canvas/geometry.ts';
import { freeId } from './group-ops.ts';

const newNoteSize: Size = { width: 240, height: 120 };
export const smallestNote: Size = { width: 96, height: 48 };

/** An empty note with its corner at a place. */
export function addNote({ layout }: DraftContent, place: Point): { readonly ops: DraftOp[]; readonly id: string } {
  const id = freeId(layout.notes, 'note');
  return { ops: [{ op: 'note.set', note: id, value: { ...snapToGrid(place), ...newNoteSize, text: '' } }], id };
}

export function changeNote({ layout }: DraftContent, note: string, change: Partial<Note>): DraftOp[] {
  const before = layout.notes[note];
  return before ? [{ op: 'note.set', note, value: { ...before, ...change } }] : [];
}

export const removeNotes = (ids: Iterable<string>): DraftOp[] => [...ids].map((note): DraftOp => ({ op: 'note.set', note }));

/** Its first line without the signs of Markdown: what it is called where there is room for a line. */
export function titleOfNote({ text }: Pick<Note, 'text'>): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.replaceAll(/^[\s#>*-]+|[*_`]/g, '').trim() || 'Empty note';
}
