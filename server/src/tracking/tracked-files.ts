import { join } from 'node:path';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import type { LoggedModel, TrackedRun } from '../store/tracking-store.ts';
import type { TrackingParts } from './tracking-route.ts';

type Folders = Pick<TrackingParts, 'runsFolder' | 'trackingFolder'>;

/** For a step beside the attempt's log, since what an MLflow client leaves is not an output of the step. */
function filesOfRun({ runsFolder, trackingFolder }: Folders, { id, of }: TrackedRun): string {
  return of === null ? join(trackingFolder, 'runs', id) : join(new AttemptFolder(runsFolder, of).path, 'mlflow', id);
}

export const artifactsOfRun = (folders: Folders, run: TrackedRun): string => join(filesOfRun(folders, run), 'artifacts');

/** With the run that has logged it. */
export function artifactsOfModel(folders: Folders, model: Pick<LoggedModel, 'id'>, run: TrackedRun | undefined): string {
  return join(run ? filesOfRun(folders, run) : folders.trackingFolder, 'models', model.id, 'artifacts');
}
