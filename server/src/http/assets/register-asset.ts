import { Register, Registered } from '@pipewright/shared/http/register.ts';
import { register } from '../../assets/register.ts';
import { endpoint } from '../endpoint.ts';
import { registeredOr, registerParts } from './register-parts.ts';

export const registerAsset = endpoint({
  method: 'post',
  path: '/register',
  summary: 'Register a component, an environment, data or a model by name',
  body: Register,
  result: Registered,
  status: 201,
  handle: async ({ services, body }) => {
    return { body: registeredOr(await register(await registerParts(services), body)) };
  },
});
