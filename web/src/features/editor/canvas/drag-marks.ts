import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Box, Point } from '../../../canvas/geometry.ts';
import type { EdgeTarget } from '../model/edge-target.ts';
import type { HelperLine } from '../model/helper-lines.ts';
import type { EditorStore } from '../store/create-editor-store.ts';

/** What is drawn over the graph while something is dragged, apart from all else: no node wakes for it. */
interface DragMarks {
  readonly lines: readonly HelperLine[];
  /** The edge that it would go into. */
  readonly target: EdgeTarget | null;
  /** Copies that are dragged, by their titles. */
  readonly ghosts: readonly (Point & { readonly title: string })[];
  /** Where steps may come into a frame, or go out of theirs. */
  readonly frames: FrameMarks | null;
}

export interface FrameMarks {
  /** The frames that steps are dragged out of, or within: as they were when that began. */
  readonly still: ReadonlyMap<string, Box>;
  readonly into: string | null;
  /** What would become of the steps, in words; empty: nothing. */
  readonly text: string;
}

const nothing: DragMarks = { lines: [], target: null, ghosts: [], frames: null };
const known = new WeakMap<EditorStore, StoreApi<DragMarks>>();

export function dragMarksOf(editor: EditorStore): StoreApi<DragMarks> {
  const marks = known.get(editor) ?? createStore<DragMarks>()(() => nothing);
  known.set(editor, marks);
  return marks;
}

export function clearDragMarks(editor: EditorStore): void {
  const marks = dragMarksOf(editor);
  if (marks.getState() !== nothing) marks.setState(nothing, true);
}

/** Only when it is another one: a move within one edge changes nothing. */
export function markTarget(editor: EditorStore, target: EdgeTarget | null): void {
  const marks = dragMarksOf(editor);
  const before = marks.getState().target;
  if (before?.edge !== target?.edge || before?.text !== target?.text) marks.setState({ target });
}

/** While neither a frame nor a word changes, nobody wakes. */
export function markFrames(editor: EditorStore, frames: FrameMarks | null): void {
  const marks = dragMarksOf(editor);
  const before = marks.getState().frames;
  if (before?.into !== frames?.into || before?.text !== frames?.text || before?.still !== frames?.still) marks.setState({ frames });
}
