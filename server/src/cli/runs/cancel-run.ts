import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { homeFolder } from '../../config.ts';
import { withConnection } from '../connect.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { withRemembered } from '../remembered.ts';
import { watchRun } from '../watch-run.ts';
import { findRun } from './find-run.ts';

const options = { home: { type: 'string' } } as const;

/** Cancels a run and waits for its steps to end. */
export async function cancelRun(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options, 1);
  const home = homeFolder(values.home);
  const summary = await withRemembered(home, async ({ store }) => await store.runs.summary(await findRun(store, positionals[0])));
  if (!summary) throw new Error('Internal error: expected the run that was found');
  if (isRunEnded(summary.status)) throw new UsageError(`run ${summary.id} has ended already: it is ${summary.status}`);
  // A run that no server looks after is taken up again, to be ended properly: its steps may live.
  return await withConnection(home, async (connection) => {
    const accepted = await connection.call(`/api/runs/${summary.id}/cancel`, RunSummary, {});
    await watchRun(connection, accepted);
    return exitStatus.done;
  });
}
