import type { StateCreator } from 'zustand';
import { type HistoryEntry, type Journey, type Standing, travelTo } from '../model/travel.ts';
import { foldEdits } from '../model/undo-ops.ts';
import type { EditorState } from './editor-state.ts';

export const historyTabs = ['edits', 'versions', 'activity'] as const;
export type HistoryTab = (typeof historyTabs)[number];

/** What can be taken back and done again: inverse operations, never copies of the document. */
export interface HistorySlice {
  /** Oldest first. */
  readonly undoEntries: readonly HistoryEntry[];
  /** The one that is done again next comes last. */
  readonly redoEntries: readonly HistoryEntry[];
  /** What the panel of the history shows; null: it is closed. */
  readonly historyTab: HistoryTab | null;
  /** The panel of the comments is open; it and that of the history lie in the same place. */
  readonly areCommentsShown: boolean;
  /** Both answer with what they did, or null when there was nothing to do. */
  readonly undo: () => string | null;
  readonly redo: () => string | null;
  /** Goes through several entries at once; each stays one. Answers how many. */
  readonly travel: (journey: Journey) => number;
  /** What could be undone in windows that are gone can be undone here, in the order in which it was done. */
  readonly inheritHistory: (histories: readonly Pick<Standing, 'undoEntries' | 'redoEntries'>[]) => void;
  readonly showHistory: (tab: HistoryTab | null) => void;
  readonly showComments: (isOpen: boolean) => void;
}

const mostEntries = 200;

export const createHistorySlice: StateCreator<EditorState, [], [], HistorySlice> = (set, get) => {
  const go = (journey: Journey): readonly HistoryEntry[] => {
    const state = get();
    if (state.isReadOnly) return [];
    const { standing, ops, passed } = travelTo(state, journey);
    // Also where nothing is left to take back: entries whose places others have changed since are gone.
    if (standing.undoEntries !== state.undoEntries || standing.redoEntries !== state.redoEntries) {
      set({ ...standing, ...(ops.length === 0 ? {} : { lastEdit: { ops, pace: 'gesture' } }) });
    }
    return passed;
  };
  return {
    undoEntries: [],
    redoEntries: [],
    historyTab: null,
    areCommentsShown: false,
    undo: () => go({ direction: 'back', steps: 1 })[0]?.label ?? null,
    redo: () => go({ direction: 'forth', steps: 1 })[0]?.label ?? null,
    travel: (journey) => go(journey).length,
    inheritHistory: (histories) =>
      set(({ undoEntries, redoEntries }) => {
        const merged = histories.reduceRight((mine, theirs) => mergeByTime(theirs.undoEntries.map(closed), mine), [...undoEntries]);
        // What was taken back here, or would have been by what was done here, is what can be done again.
        const isNew = undoEntries.length + redoEntries.length === 0;
        return { undoEntries: merged.slice(-mostEntries), redoEntries: isNew ? (histories.at(-1)?.redoEntries ?? []).map(closed) : redoEntries };
      }),
    showHistory: (historyTab) => set({ historyTab, areCommentsShown: false }),
    showComments: (areCommentsShown) => set({ areCommentsShown, historyTab: null }),
  };
};

/** Nothing that is done here is part of a gesture that was made elsewhere, whatever it is called. */
const closed = (entry: HistoryEntry): HistoryEntry => ({ ...entry, gesture: null });

/** Each list keeps its own order, also where a clock was put back. */
function mergeByTime(theirs: readonly HistoryEntry[], mine: readonly HistoryEntry[]): HistoryEntry[] {
  const merged: HistoryEntry[] = [];
  let next = 0;
  for (const entry of mine) {
    for (let other = theirs[next]; other && (other.at ?? 0) <= (entry.at ?? 0); other = theirs[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(entry);
  }
  return [...merged, ...theirs.slice(next)];
}

/** The history after an edit: folded into the last entry when it is part of the same gesture, which is called as it ended. */
export function recordEdit(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  const last = entries.at(-1);
  if (last && entry.gesture !== null && last.gesture === entry.gesture) {
    return [...entries.slice(0, -1), { ...last, label: entry.label, ...foldEdits(last, entry), at: entry.at }];
  }
  return [...entries, entry].slice(-mostEntries);
}
