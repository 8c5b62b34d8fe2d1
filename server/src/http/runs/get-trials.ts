import { Trials } from '@pipewright/shared/http/trials.ts';
import { isStepEnded } from '@pipewright/shared/run/status.ts';
import { itemKey } from '@pipewright/shared/run/item-key.ts';
import { bestInHistory } from '@pipewright/shared/sweep/early-termination.ts';
import { courseOf, numbersIn } from '../../scheduler/sweep-results.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { StepParams } from './run-params.ts';
import { thinned } from './thinned.ts';

/** Of all curves together, and of each: they are asked for again and again while trials run. */
const [mostPoints, leastPoints] = [6000, 24] as const;

export const getTrials = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/trials',
  summary: 'What a sweep has tried, and what came of it',
  params: StepParams,
  result: Trials,
  handle: async ({ services, params: { id, key } }) => {
    const record = await services.store.runs.get(id);
    const sweep = record?.snapshot.steps[key]?.control?.sweep;
    if (!record || !sweep) throw notFound(`A sweep ${key} in run ${id}`);
    const rows = new Map(record.steps.map((row) => [row.key, row]));
    const own = rows.get(key);
    const items = await services.store.runs.itemsOf(id, key);
    const trials: Trials['items'] = [];
    for (const [index, item] of items.entries()) {
      if (!('values' in item)) continue;
      const row = rows.get(itemKey(key, index));
      const course = row === undefined ? [] : await courseOf(services.store.tracking, { runId: id, row }, sweep.metric);
      const durationMs =
        row && 'startedAt' in row && row.startedAt !== undefined && 'endedAt' in row ? Date.parse(row.endedAt) - Date.parse(row.startedAt) : null;
      const why = row?.status === 'cancelled' ? row.by : row && 'failure' in row ? (row.failure?.firstError ?? row.failure?.message ?? null) : null;
      trials.push({
        key: itemKey(key, index),
        values: item.values,
        status: row?.status ?? null,
        result: bestInHistory(numbersIn(course), sweep.goal),
        points: thinned(course, Math.max(leastPoints, Math.floor(mostPoints / items.length))).map(({ step, value }) => ({ step, value })),
        durationMs,
        why: row && isStepEnded(row.status) ? why : null,
      });
    }
    const best = own?.status === 'completed' ? (own.best?.step ?? null) : null;
    return { body: { metric: sweep.metric, goal: sweep.goal, parameters: Object.keys(sweep.space), best, items: trials } };
  },
});
