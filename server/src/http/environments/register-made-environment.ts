import { join } from 'node:path';
import { RegisterEnvironment } from '@pipewright/shared/http/assets.ts';
import { Registered } from '@pipewright/shared/http/register.ts';
import { registerEnvironment } from '../../assets/register-environment.ts';
import { registeredOr, registerParts } from '../assets/register-parts.ts';
import { endpoint } from '../endpoint.ts';

export const registerMadeEnvironment = endpoint({
  method: 'post',
  path: '/environments',
  summary: 'Register an environment that was written on the page, as the next version of its name',
  body: RegisterEnvironment,
  result: Registered,
  status: 201,
  handle: async ({ services, body: { definition } }) => {
    const parts = await registerParts(services);
    return { body: registeredOr(await registerEnvironment(parts, definition, join(parts.uploadsFolder, `${definition.name ?? 'environment'}.yml`))) };
  },
});
