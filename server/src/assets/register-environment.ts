import { dirname } from 'node:path';
import { isAssetName, isAssetVersion } from '@pipewright/shared/asset/asset.ts';
import type { Environment } from '@pipewright/shared/component/environment.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { normalizeEnvironment } from '../environments/normalize-environment.ts';
import { digest, nextVersion, refused, taken, type RegisterOutcome, type RegisterParts } from './register-parts.ts';

/** An environment by its definition, with what its conda file says in it. */
export async function registerEnvironment(parts: RegisterParts, environment: Environment, file: string): Promise<RegisterOutcome> {
  const { name } = environment;
  if (name === undefined) return refused('wrong', `${file}: an environment is registered by its name, and it has none.`);
  const normalized = await normalizeEnvironment(environment, dirname(file));
  if ('problem' in normalized) return { ok: false, reason: 'wrong', message: normalized.problem.message, problems: [{ ...normalized.problem, file }] };
  const { python, requirements, variables } = normalized.definition;
  const { conda_file: _inlined, ...rest } = environment;
  const contentHash = digest(canonicalJson(normalized.definition));
  const version = environment.version ?? nextVersion(await parts.store.registry.environments(), name, contentHash);
  const definition: Environment = { ...rest, version, ...(python === null ? {} : { python }), requirements, variables };
  if (!isAssetName(name) || !isAssetVersion(version)) return refused('wrong', `${file}: ${name}:${version} cannot be a name and a version.`);
  const told = { source: 'registered' as const, registeredAt: parts.now(), by: parts.by };
  const record = { name, version, environment: definition, contentHash, folder: dirname(file), ...told };
  const outcome = await parts.store.registry.registerEnvironment(record);
  // Without a version another one was faster, and the next number is free.
  if (outcome === 'version-taken')
    return environment.version === undefined ? await registerEnvironment(parts, environment, file) : taken('environment', name, version);
  const isImageOnly = requirements.length === 0 && (environment.image !== undefined || environment['build'] != null);
  const notes = isImageOnly ? ['Images are not used here: steps run in the base Python environment.'] : normalized.notes;
  return { ok: true, registered: { kind: 'environment', name, version, outcome, notes: [...notes] } };
}
