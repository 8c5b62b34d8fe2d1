import { readPid } from '../compute/attempt-files.ts';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import { ownsGroup, signalGroup } from '../compute/local/process-identity.ts';
import { exitStatus } from './exit-status.ts';

export interface Stoppable {
  /** Asks the run to end and its steps to come to an end. */
  readonly cancel: () => Promise<void>;
  /** Ends the processes of its steps on the spot. */
  readonly kill: () => Promise<void>;
  readonly say: (text: string) => void;
}

/**
 * Ctrl-C while a command watches a run: the first cancels it, the second does not wait for its steps, the third leaves.
 * Answers how to stop listening.
 */
export function stopOnSignals({ cancel, kill, say }: Stoppable): () => void {
  let count = 0;
  const act = (signal: NodeJS.Signals): void => {
    count += 1;
    if (count === 1) {
      say(signal === 'SIGINT' ? 'Stopping; Ctrl-C again kills the steps' : 'Stopping');
      void cancel();
    } else if (count === 2) {
      say('Killing the steps');
      void kill();
    } else process.exit(exitStatus.cancelled);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, act);
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, act);
  };
}

/** Kills what runs of an attempt, by its folder: this works whoever started it. */
export async function killAttempt(runsFolder: string, id: { readonly runId: string; readonly step: string; readonly attempt: number }): Promise<void> {
  const leader = readPid(new AttemptFolder(runsFolder, id).path);
  if (leader && (await ownsGroup(leader))) signalGroup(leader.pid, 'SIGKILL');
}
