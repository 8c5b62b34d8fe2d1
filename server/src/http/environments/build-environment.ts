import { normalizeEnvironment } from '../../environments/normalize-environment.ts';
import type { PreparedEnvironment } from '../../environments/environment-builder.ts';
import { VersionParams, versionOf } from '../assets/asset-params.ts';
import { endpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';

const madeBy = {
  host: 'the machine’s own Python has everything already',
  uv: 'made by uv',
  venv: 'made by python -m venv and pip',
} as const satisfies Record<PreparedEnvironment['builder'], string>;

export const buildEnvironmentNow = endpoint({
  method: 'post',
  path: '/environments/{name}/{version}/build',
  summary:
    'Build an environment before a step needs it. The answer is its log as it is written; the last line begins with Ready or Failed. Who stops reading stops the build, unless others wait for it',
  params: VersionParams,
  produces: 'text/plain',
  handle: async ({ services, params, response }) => {
    const { name, version } = await versionOf(services, 'environments', params);
    const record = await services.store.registry.environment(name, version);
    if (!record) throw notFound(`Version ${version} of the environment ${name}`);
    const normalized = await normalizeEnvironment(record.environment, record.folder);
    if ('problem' in normalized) throw new HttpError(422, normalized.problem.code, { title: normalized.problem.message, problems: [normalized.problem] });
    const abort = new AbortController();
    response.on('close', () => abort.abort());
    response.status(200).type('text/plain').flushHeaders();
    const say = (line: string): void => void response.write(`${line}\n`);
    const outcome = await services.environments.prepare(normalized.definition, { line: say, progress: () => undefined }, abort.signal);
    if (outcome.ok) {
      for (const note of [...normalized.notes, ...outcome.environment.notes]) say(note);
      say(`Ready: ${madeBy[outcome.environment.builder]}.`);
    } else say(`Failed: ${outcome.failure.message}`);
    response.end();
    return undefined;
  },
});
