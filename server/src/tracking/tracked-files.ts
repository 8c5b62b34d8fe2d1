import { join } from 'node:path';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import type { TrackedRun } from '../store/store.ts';

/** Beside the attempt's log: what an MLflow client leaves is not an output of the step. */
export function trackedFilesFolder(runsFolder: string, run: TrackedRun): string {
  return join(new AttemptFolder(runsFolder, run).path, 'mlflow', run.id);
}
