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

/** The one step that is looked at: as above, or one of a pipeline that lies unfolded (`outer/step`), which cannot be edited here. */
export function selectStepInView(state: EditorState): string | null {
  const [key, ...others] = state.selectedSteps;
  const isInside = key !== undefined && others.length === 0 && key.includes('/') && state.unfolded.has(key.slice(0, key.lastIndexOf('/')));
  return isInside ? key : selectSoleStep(state);
}

export const selectSelectedCount = (state: EditorState): number => selectedKeys(state).length;

export const selectStep =
  (key: string) =>
  (state: EditorState): Step | undefined =>
    Object.hasOwn(state.content.document.jobs, key) ? state.content.document.jobs[key] : undefined;

export const selectStepCount = (state: EditorState): number => Object.keys(state.content.document.jobs).length;

/** Asked at every change of anything: it looks for one step and counts none. */
export function selectIsEmpty({ content }: EditorState): boolean {
  for (const _ in content.document.jobs) return false;
  return true;
}

export const selectTitle = (state: EditorState): string => pipelineTitle(state.content.document);

export const selectCanUndo = (state: EditorState): boolean => state.undoEntries.length > 0 && !state.isReadOnly;
export const selectCanRedo = (state: EditorState): boolean => state.redoEntries.length > 0 && !state.isReadOnly;
