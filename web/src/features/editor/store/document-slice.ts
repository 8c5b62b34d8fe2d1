import type { Component } from '@pipewright/shared/component/component.ts';
import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { StateCreator } from 'zustand';
import { rekeyOps, type Renames } from '../model/rekey-ops.ts';
import type { HistoryEntry } from '../model/travel.ts';
import type { EditorState } from './editor-state.ts';
import { recordEdit } from './history-slice.ts';

/** How soon an edit leaves: a gesture is over when it is over, typing only when it pauses. */
export type EditPace = 'gesture' | 'typing';

interface EditOptions {
  /** What the history and the toast call it: *Delete 3 steps*. */
  readonly label: string;
  /** Edits with the same gesture are one entry of the history. */
  readonly gesture?: string;
  readonly pace?: EditPace;
}

type EditResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** An edit made here, for whoever saves it. A new object for each. */
export interface LocalEdit {
  readonly ops: readonly DraftOp[];
  readonly pace: EditPace;
}

/** What is saved. It changes by operations only: ours through `edit`, undo and redo, everybody's through `takeOver`. */
export interface DocumentSlice {
  readonly draftId: string;
  readonly content: DraftContent;
  /** The components that the document names and those of the palette, by reference. */
  readonly components: Readonly<Record<string, Component>>;
  readonly isReadOnly: boolean;
  readonly lastEdit: LocalEdit | null;
  readonly edit: (ops: readonly DraftOp[], options: EditOptions) => EditResult;
  /** The content after somebody else's edits, not ours to undo; and the steps that go by other keys now. */
  readonly takeOver: (content: DraftContent, renames: Renames) => void;
  readonly learnComponents: (components: Readonly<Record<string, Component>>) => void;
  readonly setReadOnly: (isReadOnly: boolean) => void;
}

export interface DraftSeed {
  readonly draftId: string;
  readonly content: DraftContent;
  readonly components: Readonly<Record<string, Component>>;
}

type DocumentCreator = StateCreator<EditorState, [], [], DocumentSlice>;

export const createDocumentSlice =
  (seed: DraftSeed): DocumentCreator =>
  (set, get) => ({
    ...seed,
    isReadOnly: false,
    lastEdit: null,
    edit: (ops, { label, gesture = null, pace = 'gesture' }) => {
      const state = get();
      if (state.isReadOnly) return { ok: false, message: 'This draft is read-only.' };
      if (ops.length === 0) return { ok: true };
      const applied = applyDraftOps(state.content, ops);
      if (!applied.ok) return { ok: false, message: applied.message };
      set({
        content: applied.content,
        lastEdit: { ops, pace },
        undoEntries: recordEdit(state.undoEntries, { label, gesture, at: Date.now(), ops, inverse: applied.inverse }),
        redoEntries: [],
      });
      return { ok: true };
    },
    takeOver: (content, renames) =>
      set((state) => {
        if (renames.size === 0) return { content };
        const rekey = (entry: HistoryEntry): HistoryEntry => ({ ...entry, ops: rekeyOps(entry.ops, renames), inverse: rekeyOps(entry.inverse, renames) });
        const selectedSteps = new Set([...state.selectedSteps].map((key) => renames.get(key) ?? key));
        return { content, selectedSteps, undoEntries: state.undoEntries.map(rekey), redoEntries: state.redoEntries.map(rekey) };
      }),
    learnComponents: (components) =>
      set((state) => {
        const isNews = Object.keys(components).some((reference) => state.components[reference] === undefined);
        return isNews ? { components: { ...components, ...state.components } } : state;
      }),
    setReadOnly: (isReadOnly) => set({ isReadOnly }),
  });
