import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { sharedChanges } from '../../../canvas/fact.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import type { EditorStore } from './create-editor-store.ts';

interface AttachedRun {
  readonly id: string | null;
  readonly steps: Readonly<Record<string, StepRun>>;
}

/** The run that the designer shows, as one thing to follow, whichever run that is. */
export interface AttachedRunSource {
  readonly get: () => AttachedRun;
  readonly subscribe: (listener: () => void) => () => void;
}

export function attachedRunOf(editor: EditorStore): AttachedRunSource {
  const runOf = (id: string | null) => runStoreOf(id);
  return {
    get: () => {
      const id = editor.getState().attachedRun;
      return { id, steps: runOf(id).getState().steps };
    },
    // A thousand nodes follow it.
    ...sharedChanges((listener) => {
      let followed = editor.getState().attachedRun;
      let stopRun = runOf(followed).subscribe(listener);
      const stopEditor = editor.subscribe(({ attachedRun }) => {
        if (attachedRun === followed) return;
        followed = attachedRun;
        stopRun();
        stopRun = runOf(followed).subscribe(listener);
        listener();
      });
      return () => {
        stopEditor();
        stopRun();
      };
    }),
  };
}
