import { IntegrityReport, VerifyObjects } from '@pipewright/shared/http/gc.ts';
import { endpoint } from '../endpoint.ts';

export const verifyObjects = endpoint({
  method: 'post',
  path: '/gc/verify',
  summary: 'Read all stored outputs and code again; what is damaged is put aside and no longer reused',
  body: VerifyObjects,
  result: IntegrityReport,
  handle: async ({ services, body: { dryRun } }) => ({ body: await services.retention.verify({ dryRun }) }),
});
