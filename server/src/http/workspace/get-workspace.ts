import { Workspace } from '@pipewright/shared/http/workspace.ts';
import { readDisplayName } from '../../store/display-name.ts';
import { endpoint } from '../endpoint.ts';

export const getWorkspace = endpoint({
  method: 'get',
  path: '/workspace',
  summary: 'What the page needs to know of this server',
  result: Workspace,
  handle: async ({ services }) => {
    const { version, store, config } = services;
    const { home, slots } = config;
    return { body: { version, home, slots, displayName: await readDisplayName(store, config) } };
  },
});
