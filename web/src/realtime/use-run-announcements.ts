import type { StepStatus } from '@pipewright/shared/run/status.ts';
import { useEffect } from 'react';
import { announce } from '../ui/feedback/live-region.tsx';
import { statusWord } from '../ui/status/status-looks.ts';
import { runStoreOf } from './run-store.ts';

/** Worth saying; the rest is on the way to one of these. */
const spoken: ReadonlySet<StepStatus> = new Set(['running', 'completed', 'reused', 'failed', 'cancelled', 'timed-out', 'lost']);
const urgent: ReadonlySet<StepStatus> = new Set(['failed', 'timed-out', 'lost']);

/** Says aloud what happens in a run: status changes calmly, failures at once. */
export function useRunAnnouncements(runId: string | null, nameOf: (step: string) => string): void {
  useEffect(
    () =>
      runStoreOf(runId).subscribe((view, before) => {
        // The first view is how things stood, not something that happened.
        if (!before.summary) return;
        for (const [key, step] of Object.entries(view.steps)) {
          const isNews = before.steps[key]?.status !== step.status && spoken.has(step.status);
          if (isNews) announce(`${nameOf(key)} ${statusWord(step.status).toLowerCase()}`, urgent.has(step.status));
        }
        if (view.summary && before.summary.status !== view.summary.status) {
          announce(`Run ${view.summary.id} ${statusWord(view.summary.status).toLowerCase()}`);
        }
      }),
    [runId, nameOf],
  );
}
