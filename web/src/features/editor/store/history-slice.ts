import type { StateCreator } from 'zustand';
import { type Undoable, foldEdits, undoOps } from '../model/undo-ops.ts';
import type { EditorState } from './editor-state.ts';

/** One thing that a person did, as the history names it. */
export interface HistoryEntry extends Undoable {
  readonly label: string;
  /** Edits of one drag, or of one visit of a field, have the same. */
  readonly gesture: string | null;
}

/** What can be taken back and done again: inverse operations, never copies of the document. */
export interface HistorySlice {
  /** Oldest first. */
  readonly undoEntries: readonly HistoryEntry[];
  readonly redoEntries: readonly HistoryEntry[];
  /** Both answer with what they did, or null when there was nothing to do. */
  readonly undo: () => string | null;
  readonly redo: () => string | null;
  readonly restoreHistory: (entries: readonly HistoryEntry[]) => void;
}

const mostEntries = 200;

export const createHistorySlice: StateCreator<EditorState, [], [], HistorySlice> = (set, get) => {
  const travel = (from: 'undoEntries' | 'redoEntries', to: 'undoEntries' | 'redoEntries'): string | null => {
    const state = get();
    const entry = state[from].at(-1);
    if (!entry || state.isReadOnly) return null;
    const rest = state[from].slice(0, -1);
    const undone = undoOps(state.content, entry);
    if (!undone) {
      // Somebody else has changed every place of it since: there is nothing of ours left to take back.
      set({ [from]: rest });
      return travel(from, to);
    }
    const opposite: HistoryEntry = { label: entry.label, gesture: null, ops: undone.ops, inverse: undone.inverse };
    set({ content: undone.content, lastEdit: { ops: undone.ops, pace: 'gesture' }, [from]: rest, [to]: [...state[to], opposite] });
    return entry.label;
  };
  return {
    undoEntries: [],
    redoEntries: [],
    undo: () => travel('undoEntries', 'redoEntries'),
    redo: () => travel('redoEntries', 'undoEntries'),
    restoreHistory: (entries) => set({ undoEntries: entries.slice(-mostEntries) }),
  };
};

/** The history after an edit: folded into the last entry when it is part of the same gesture. */
export function recordEdit(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  const last = entries.at(-1);
  if (last && entry.gesture !== null && last.gesture === entry.gesture) {
    return [...entries.slice(0, -1), { ...last, ...foldEdits(last, entry) }];
  }
  return [...entries, entry].slice(-mostEntries);
}
