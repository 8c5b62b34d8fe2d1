import { showToast } from '../../../ui/feedback/toast.tsx';
import type { Editor } from '../store/editor-context.tsx';

/** Says what was just done, and offers to undo it: only while it is the last thing done; afterwards it is one of several, and the history is the place. */
export function offerUndo(store: Editor['store'], text: string): void {
  const entry = store.getState().undoEntries.at(-1);
  const undo = (): void => {
    if (store.getState().undoEntries.at(-1) === entry) store.getState().undo();
  };
  showToast({ text, onUndo: undo });
}
