import { z } from 'zod';
import { RunId } from '@pipewright/shared/ids.ts';
import type { RunRemoval } from '../../store/retention-store.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';
import { RunParams } from './run-params.ts';

export const removeRun = endpoint({
  method: 'delete',
  path: '/runs/{id}',
  summary: 'Take a run that has ended out of the history, with its logs; what it has registered under a name stays',
  params: RunParams,
  result: z.object({ id: RunId }),
  handle: async ({ services, params: { id } }) => {
    checkRemoved(id, await services.retention.removeRun(id));
    return { body: { id } };
  },
});

/** Throws what kept the run from being removed. */
export function checkRemoved(id: RunId, removal: RunRemoval): void {
  switch (removal.kind) {
    case 'removed':
      return;
    case 'unknown':
      throw notFound(`Run ${id}`);
    case 'unfinished':
      throw new HttpError(409, 'run-not-ended', { title: `Run ${id} has not ended`, detail: 'Cancel it first.' });
  }
}
