import { CollectGarbage, GarbageReport } from '@pipewright/shared/http/gc.ts';
import { keepDaysOf } from '../../config.ts';
import { endpoint } from '../endpoint.ts';

export const collectGarbage = endpoint({
  method: 'post',
  path: '/gc',
  summary: 'Delete what nothing refers to any more: old outputs, working copies, environments; or say what would go',
  body: CollectGarbage,
  result: GarbageReport,
  handle: async ({ services, body: { dryRun, keepDays } }) => ({
    body: await services.retention.collect({ dryRun, keepDays: keepDays ?? keepDaysOf(services.config) }),
  }),
});
