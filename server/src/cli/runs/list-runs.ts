import { homeFolder } from '../../config.ts';
import { describeRunLength } from '../describe-run.ts';
import { exitStatus } from '../exit-status.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { printJson } from '../print-json.ts';
import { printTable } from '../print-table.ts';
import { withRemembered } from '../remembered.ts';

const options = { limit: { type: 'string', default: '20' }, json: { type: 'boolean', default: false }, home: { type: 'string' } } as const;

/** Runs, newest first. */
export async function listRuns(args: readonly string[]): Promise<number> {
  const { values } = parseArguments(args, options, 0);
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError(`--limit ${values.limit}: a whole number from 1`);
  return await withRemembered(homeFolder(values.home), async ({ store }) => {
    const { items } = await store.runs.list({ limit });
    if (values.json) printJson({ items });
    else printTable(items.map((run) => [run.id, run.status, run.queuedAt.slice(0, 16).replace('T', ' '), describeRunLength(run), run.name]));
    return exitStatus.done;
  });
}
