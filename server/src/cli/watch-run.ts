import { join } from 'node:path';
import { Run } from '@pipewright/shared/http/runs.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { LastingConnection } from './connect.ts';
import { followRun } from './follow-run.ts';
import { createProgress } from './progress.ts';
import { killAttempt, stopOnSignals } from './stop-on-signals.ts';

/** Shows a run on stderr until it has ended; Ctrl-C cancels it. */
export async function watchRun(connection: LastingConnection, { id, name }: RunSummary): Promise<Run> {
  const progress = createProgress(process.stderr);
  progress.begin({ id, name });
  const running = new Map<string, StepRun>();
  const release = stopOnSignals({
    cancel: async () => {
      // Its server may have ended a moment ago: then the one that takes over hears it. Or the run itself: what follows it sees that.
      await connection.call(`/api/runs/${id}/cancel`, RunSummary, {}).catch(() => undefined);
    },
    kill: async () => {
      for (const { key, attempts } of running.values()) await killAttempt(join(connection.home, 'runs'), { runId: id, step: key, attempt: attempts });
    },
    say: (text) => progress.say(text),
  });
  try {
    await followRun(connection, id, {
      deliver: (event) => {
        for (const step of event.changes.steps) {
          if (step.status === 'running') running.set(step.key, step);
          else running.delete(step.key);
        }
        progress.show(event);
      },
      lost: () => progress.say('The server does not answer; waiting for it to come back'),
    });
  } finally {
    release();
  }
  const ended = await connection.call(`/api/runs/${id}`, Run);
  progress.end(ended);
  return ended;
}
