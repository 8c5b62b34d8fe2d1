import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { type Undoable, undoOps } from './undo-ops.ts';

/** One thing that a person did, as the history names it. */
export interface HistoryEntry extends Undoable {
  readonly label: string;
  /** Edits of one drag, or of one visit of a field, have the same. */
  readonly gesture: string | null;
  /** When it was done last, in milliseconds; null where that was not told yet. */
  readonly at: number | null;
}

export interface Standing {
  readonly content: DraftContent;
  readonly undoEntries: readonly HistoryEntry[];
  readonly redoEntries: readonly HistoryEntry[];
}

/** So many entries back or forth, or until so many are left to undo (back) or to do again (forth). */
export type Journey = { readonly direction: 'back' | 'forth' } & ({ readonly steps: number } | { readonly left: number });

interface Arrival {
  readonly standing: Standing;
  /** All that was done on the way. */
  readonly ops: readonly DraftOp[];
  /** The entries that were passed, in order. */
  readonly passed: readonly HistoryEntry[];
}

/**
 * Takes entries back, or does them again, one after the other. One of which nothing is left, because others have changed
 * every place of it since, is dropped on the way and does not count as a step.
 */
export function travelTo(start: Standing, journey: Journey): Arrival {
  const [from, to] = journey.direction === 'back' ? (['undoEntries', 'redoEntries'] as const) : (['redoEntries', 'undoEntries'] as const);
  const left = [...start[from]];
  const reached = [...start[to]];
  let { content } = start;
  const ops: DraftOp[] = [];
  const passed: HistoryEntry[] = [];
  const isThere = (): boolean => ('steps' in journey ? passed.length >= journey.steps : left.length <= journey.left);
  while (!isThere()) {
    const entry = left.pop();
    if (!entry) break;
    const undone = undoOps(content, entry);
    if (!undone) continue;
    content = undone.content;
    ops.push(...undone.ops);
    passed.push(entry);
    reached.push({ label: entry.label, gesture: null, at: entry.at, ops: undone.ops, inverse: undone.inverse });
  }
  if (left.length === start[from].length) return { standing: start, ops, passed };
  const standing = journey.direction === 'back' ? { content, undoEntries: left, redoEntries: reached } : { content, undoEntries: reached, redoEntries: left };
  return { standing, ops, passed };
}
