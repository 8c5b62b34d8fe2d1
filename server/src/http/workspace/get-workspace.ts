import { Workspace } from '@pipewright/shared/http/workspace.ts';
import { endpoint } from '../endpoint.ts';

export const getWorkspace = endpoint({
  method: 'get',
  path: '/workspace',
  summary: 'What the page needs to know of this server',
  result: Workspace,
  handle: async ({ services }) => {
    const { home, slots } = services.config;
    return { body: { version: services.version, home, slots, displayName: await services.displayName() } };
  },
});
