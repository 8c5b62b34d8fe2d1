import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import { useEditor } from '../store/editor-context.tsx';
import { createEditorActions, type EditorActions } from './editor-actions.ts';

export function useEditorActions(): EditorActions {
  const editor = useEditor();
  const flow = useReactFlow();
  return useMemo(() => createEditorActions(editor, flow), [editor, flow]);
}
