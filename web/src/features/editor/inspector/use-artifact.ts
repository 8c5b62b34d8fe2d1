import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { useStore } from 'zustand';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { useEditorState } from '../store/editor-context.tsx';

/** What an output of a step was in the attached run; undefined while it is not there. */
export function useArtifact(step: string, port: string): Artifact | undefined {
  const runId = useEditorState((state) => state.attachedRun);
  return useStore(runStoreOf(runId), (view) => {
    const run = view.steps[step];
    return run && 'outputs' in run ? run.outputs[port] : undefined;
  });
}
