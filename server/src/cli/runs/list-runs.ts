import { RunStatus } from '@pipewright/shared/run/status.ts';
import { homeFolder } from '../../config.ts';
import { describeRunLength } from '../describe-run.ts';
import { exitStatus } from '../exit-status.ts';
import { formatMoment } from '../format-moment.ts';
import { parseArguments, UsageError } from '../parse-arguments.ts';
import { printJson } from '../print-json.ts';
import { printTable } from '../print-table.ts';
import { withRemembered } from '../remembered.ts';

const options = {
  status: { type: 'string' },
  search: { type: 'string' },
  limit: { type: 'string', default: '20' },
  json: { type: 'boolean', default: false },
  home: { type: 'string' },
} as const;

/** Runs, newest first. */
export async function listRuns(args: readonly string[]): Promise<number> {
  const { values } = parseArguments(args, options, 0);
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError(`--limit ${values.limit}: a whole number from 1`);
  const { search } = values;
  const status = readStatus(values.status);
  return await withRemembered(homeFolder(values.home), async ({ store }) => {
    const { items } = await store.runs.list({ limit, status, search });
    if (values.json) printJson({ items });
    else printTable(items.map((run) => [run.id, run.status, formatMoment(run.queuedAt), describeRunLength(run), run.name]));
    return exitStatus.done;
  });
}

function readStatus(text: string | undefined): RunStatus | undefined {
  const parsed = RunStatus.optional().safeParse(text);
  if (!parsed.success) throw new UsageError(`--status ${text}: one of ${RunStatus.options.join(', ')}`);
  return parsed.data;
}
