import { z } from 'zod';
import { RunId } from '@pipewright/shared/ids.ts';
import { homeFolder } from '../../config.ts';
import { checkRemoved } from '../../http/runs/remove-run.ts';
import { callPatiently } from '../call-patiently.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { withRemembered } from '../remembered.ts';
import { withRetention } from '../with-retention.ts';
import { findRun } from './find-run.ts';

const options = { home: { type: 'string' } } as const;
const Removed = z.object({ id: RunId });

/** `runs rm RUN…`: takes runs that have ended out of the history, with their logs. */
export async function removeRun(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options);
  // The newest one is never meant by saying nothing: it cannot be brought back.
  if (positionals.length === 0) throw new UsageError('name the runs to remove');
  const home = homeFolder(values.home);
  const runs = await withRemembered(home, async ({ store }) => await Promise.all(positionals.map(async (text) => await findRun(store, text))));
  await withRetention(home, {
    there: async (url) => {
      for (const id of runs) await callPatiently(`${url}/api/runs/${id}`, Removed, { method: 'DELETE' });
    },
    here: async (retention) => {
      for (const id of runs) checkRemoved(id, await retention.removeRun(id));
    },
  });
  return exitStatus.done;
}
