import { UpdateWorkspace, Workspace } from '@pipewright/shared/http/workspace.ts';
import { endpoint } from '../endpoint.ts';

export const updateWorkspace = endpoint({
  method: 'put',
  path: '/workspace',
  summary: 'Change the name that marks drafts and runs',
  body: UpdateWorkspace,
  result: Workspace,
  handle: async ({ services, body }) => {
    await services.store.settings.set('displayName', body.displayName);
    const { home, slots } = services.config;
    return { body: { version: services.version, home, slots, displayName: body.displayName } };
  },
});
