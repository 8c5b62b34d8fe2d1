import { Register, Registered } from '@pipewright/shared/http/register.ts';
import { register } from '../../assets/register.ts';
import { codeRulesOf } from '../../config.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError } from '../errors.ts';

const statusOf = { taken: 409, wrong: 422, missing: 404 } as const;
const codeOf = { taken: 'version-taken', wrong: 'invalid-asset', missing: 'not-found' } as const;

export const registerAsset = endpoint({
  method: 'post',
  path: '/register',
  summary: 'Register a component, an environment, data or a model by name',
  body: Register,
  result: Registered,
  status: 201,
  handle: async ({ services, body }) => {
    const { store, artifacts, components, environmentRegistry, data, assetsFolder, uploadsFolder, config, clock } = services;
    const told = { by: await services.displayName(), now: () => clock.now().toISOString() };
    const parts = { store, artifacts, components, environmentRegistry, data, assetsFolder, uploadsFolder, rules: codeRulesOf(config), ...told };
    const outcome = await register(parts, body);
    if (outcome.ok) return { body: outcome.registered };
    const { reason, message, problems } = outcome;
    throw new HttpError(statusOf[reason], codeOf[reason], { title: message, ...(problems.length > 0 ? { problems: [...problems] } : {}) });
  },
});
