import { pipelineTitle } from '@pipewright/shared/pipeline/pipeline-title.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import type { EditorState } from './editor-state.ts';

/** The selected steps that exist: undo, or somebody else, may have removed what is selected. */
export function selectedKeys(state: EditorState): string[] {
  return [...state.selectedSteps].filter((key) => Object.hasOwn(state.content.document.jobs, key));
}

/** The one step that is selected; null when it is none, or several. */
export function selectSoleStep(state: EditorState): string | null {
  const keys = selectedKeys(state);
  return keys.length === 1 ? (keys[0] ?? null) : null;
}

export const selectSelectedCount = (state: EditorState): number => selectedKeys(state).length;

export const selectStep =
  (key: string) =>
  (state: EditorState): Step | undefined =>
    Object.hasOwn(state.content.document.jobs, key) ? state.content.document.jobs[key] : undefined;

export const selectStepCount = (state: EditorState): number => Object.keys(state.content.document.jobs).length;

export const selectTitle = (state: EditorState): string => pipelineTitle(state.content.document);

export const selectCanUndo = (state: EditorState): boolean => state.undoEntries.length > 0 && !state.isReadOnly;
export const selectCanRedo = (state: EditorState): boolean => state.redoEntries.length > 0 && !state.isReadOnly;
