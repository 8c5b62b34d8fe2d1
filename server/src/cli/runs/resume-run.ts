import { RunSummary } from '@pipewright/shared/run/run.ts';
import { homeFolder } from '../../config.ts';
import { withConnection } from '../connect.ts';
import { followToEnd } from '../follow-to-end.ts';
import { parseArguments } from '../parse-arguments.ts';
import { partFlags, readPart } from '../part-flags.ts';
import { withRemembered } from '../remembered.ts';
import { findRun } from './find-run.ts';

const options = {
  ...partFlags,
  'force-rerun': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** Goes on with a run that has ended, or does a part of it again, in a new run; waits for its end. */
export async function resumeRun(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, options, 1);
  const home = homeFolder(values.home);
  const id = await withRemembered(home, async ({ store }) => await findRun(store, positionals[0]));
  const body = { ...readPart(values), ...(values['force-rerun'] ? { force: true } : {}) };
  return await withConnection(home, async (connection) => {
    const accepted = await connection.call(`/api/runs/${id}/resume`, RunSummary, body);
    return await followToEnd(connection, accepted, values);
  });
}
