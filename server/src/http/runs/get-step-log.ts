import { LogChunk, LogQuery } from '@pipewright/shared/http/runs.ts';
import { AttemptFolder } from '../../compute/attempt-folder.ts';
import { readLog } from '../../compute/attempt-log.ts';
import { endpoint } from '../endpoint.ts';
import { attemptOf } from './attempt-of.ts';
import { StepParams } from './run-params.ts';

export const getStepLog = endpoint({
  method: 'get',
  path: '/runs/{id}/steps/{key}/logs',
  summary: "A part of an attempt's log, by bytes",
  params: StepParams,
  query: LogQuery,
  result: LogChunk,
  handle: async ({ services, params, query }) => {
    const { donor, attempt, isEnded } = await attemptOf(services, params, query.attempt);
    const folder = new AttemptFolder(services.runsFolder, { runId: donor.run, step: donor.step, attempt });
    const chunk = await readLog(folder, query.offset, query.limit);
    return { body: { ...chunk, attempt, isEnded } };
  },
});
