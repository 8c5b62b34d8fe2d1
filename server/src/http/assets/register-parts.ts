import type { Registered } from '@pipewright/shared/http/register.ts';
import type { Refused, RegisterOutcome, RegisterParts } from '../../assets/register-parts.ts';
import { codeRulesOf } from '../../config.ts';
import { HttpError } from '../errors.ts';
import type { Services } from '../services.ts';

export async function registerParts(services: Services): Promise<RegisterParts> {
  const { store, artifacts, components, environmentRegistry, data, assetsFolder, uploadsFolder, config, clock } = services;
  const told = { by: await services.displayName(), now: () => clock.now().toISOString() };
  return { store, artifacts, components, environmentRegistry, data, assetsFolder, uploadsFolder, rules: codeRulesOf(config), ...told };
}

const statusOf = { taken: 409, wrong: 422, missing: 404 } as const;
const codeOf = { taken: 'version-taken', wrong: 'invalid-asset', missing: 'not-found' } as const;

/** What was registered; a refusal is thrown. */
export function registeredOr(outcome: RegisterOutcome): Registered {
  if (outcome.ok) return outcome.registered;
  throw refusal(outcome);
}

export function refusal({ reason, message, problems }: Refused): HttpError {
  return new HttpError(statusOf[reason], codeOf[reason], { title: message, ...(problems.length > 0 ? { problems: [...problems] } : {}) });
}
