import { createStore, type StoreApi } from 'zustand/vanilla';
import { createDocumentSlice, type DraftSeed } from './document-slice.ts';
import type { EditorState } from './editor-state.ts';
import { createHistorySlice } from './history-slice.ts';
import { createPaperSlice } from './paper-slice.ts';
import { createUiSlice } from './ui-slice.ts';

export type EditorStore = StoreApi<EditorState>;

/** One store per open draft, so that two drafts, two windows and each test have their own. */
export function createEditorStore(seed: DraftSeed): EditorStore {
  return createStore<EditorState>()((...api) => ({
    ...createDocumentSlice(seed)(...api),
    ...createHistorySlice(...api),
    ...createUiSlice(...api),
    ...createPaperSlice(seed)(...api),
  }));
}
