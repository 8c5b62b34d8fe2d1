import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { RunDraft } from '@pipewright/shared/http/drafts.ts';
import { useEffect, useRef, useState } from 'react';
import { ApiError, messageOf } from '../../../api/api-error.ts';
import { useRunDraft } from '../../../api/runs.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { useEditor } from '../store/editor-context.tsx';
import { useRunDialog } from './use-run-dialog.ts';

interface RefusedRun {
  readonly message: string;
  readonly problems: readonly Problem[];
}

type RunOptions = Omit<RunDraft, 'revision'>;

interface StartRun {
  readonly run: (options: RunOptions) => Promise<void>;
  readonly isStarting: boolean;
  /** Why the last one did not start. */
  readonly refused: RefusedRun | null;
}

/** Saves what waits, then starts a run of exactly that, and shows it. What stands in the way is shown in the dialog. */
export function useStartRun(): StartRun {
  const { draftId, store, saver } = useEditor();
  const mutation = useRunDraft();
  const dialog = useRunDialog();
  const [isStarting, setIsStarting] = useState(false);
  const [refused, setRefused] = useState<RefusedRun | null>(null);
  // The answer comes when the dialog may be closed, or gone.
  const latest = useRef(dialog);
  useEffect(() => {
    latest.current = dialog;
  });
  useEffect(() => () => void (latest.current = { ...latest.current, isOpen: false }), []);

  const refuse = (refusal: RefusedRun, { from, to, only }: RunOptions): void => {
    setRefused(refusal);
    if (latest.current.isOpen) return;
    // Who has left the dialog is told where they are now.
    if (!dialog.isOpen) latest.current.open({ part: { from, to, only } });
    showToast({ text: `Not started: ${refusal.message}` });
  };
  const run = async (options: RunOptions): Promise<void> => {
    setIsStarting(true);
    setRefused(null);
    try {
      const flushed = await saver.flush();
      if (!flushed.ok) return refuse({ message: flushed.message, problems: [] }, options);
      const started = await mutation.mutateAsync({ draft: draftId, options: { ...options, revision: flushed.revision } });
      store.getState().attachRun(started.id);
      announce(`Run ${started.id} started`);
      if (latest.current.isOpen) latest.current.close();
    } catch (error) {
      refuse({ message: messageOf(error), problems: error instanceof ApiError ? (error.problem.problems ?? []) : [] }, options);
    } finally {
      setIsStarting(false);
    }
  };
  return { run, isStarting, refused };
}
