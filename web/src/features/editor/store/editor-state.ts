import type { DocumentSlice } from './document-slice.ts';
import type { HistorySlice } from './history-slice.ts';
import type { PaperSlice } from './paper-slice.ts';
import type { UiSlice } from './ui-slice.ts';

/** One open draft in one window: what is saved, what can be taken back, what is only looked at. */
export type EditorState = DocumentSlice & HistorySlice & UiSlice & PaperSlice;
