import type { ComponentVersion } from '@pipewright/shared/http/drafts.ts';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { OpenCommentsStore } from '../comments/open-comments.ts';
import type { PresenceStore } from '../presence/presence-store.ts';
import type { DraftSaver } from '../saving/draft-saver.ts';
import type { SaveView } from '../saving/save-view.ts';
import type { EditorStore } from './create-editor-store.ts';
import type { Derived, DerivedStore } from './derived-store.ts';
import type { EditorState } from './editor-state.ts';

/** An open draft, as the parts of the designer know it. */
export interface Editor {
  readonly draftId: string;
  readonly store: EditorStore;
  readonly derived: DerivedStore['store'];
  readonly saver: DraftSaver;
  /** Who else has the draft open. */
  readonly presence: PresenceStore;
  readonly openComments: OpenCommentsStore;
  /** The draft is a pipeline component that was opened to become the version after this one; null: it is a pipeline. */
  readonly editedComponent: ComponentVersion | null;
}

const EditorContext = createContext<Editor | null>(null);
export const EditorProvider = EditorContext.Provider;

/** For what is done on an event: reads and changes without subscribing. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('Internal error: expected an EditorProvider above');
  return editor;
}

export function useEditorState<T>(select: (state: EditorState) => T): T {
  return useStore(useEditor().store, select);
}

export function useDerived<T>(select: (derived: Derived) => T): T {
  return useStore(useEditor().derived, select);
}

export function useSaveView<T>(select: (view: SaveView) => T): T {
  return useStore(useEditor().saver.view, select);
}
