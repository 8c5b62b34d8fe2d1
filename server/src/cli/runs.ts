import { cancelRun } from './runs/cancel-run.ts';
import { listRuns } from './runs/list-runs.ts';
import { removeRun } from './runs/remove-run.ts';
import { resumeRun } from './runs/resume-run.ts';
import { showLog } from './runs/show-log.ts';
import { showRun } from './runs/show-run.ts';
import type { Command } from './commands.ts';
import { UsageError } from './parse-arguments.ts';
import { withFailuresTold } from './with-failures-told.ts';

const verbs: Readonly<Record<string, Command>> = { ls: listRuns, show: showRun, logs: showLog, cancel: cancelRun, rm: removeRun, resume: resumeRun };

/** `runs VERB …`: everything about runs that were accepted. */
export async function runs([verb, ...args]: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const command = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
    if (!command) throw new UsageError(`${verb === undefined ? 'say what to do with runs' : `runs ${verb} is no command`}: ${Object.keys(verbs).join(', ')}`);
    return await command(args);
  });
}
