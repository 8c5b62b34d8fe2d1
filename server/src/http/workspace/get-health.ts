import { Health } from '@pipewright/shared/http/workspace.ts';
import { endpoint } from '../endpoint.ts';

export const getHealth = endpoint({
  method: 'get',
  path: '/health',
  summary: 'Whether the server answers, and its version',
  result: Health,
  handle: async ({ services }) => ({ body: { status: 'ok' as const, version: services.version } }),
});
