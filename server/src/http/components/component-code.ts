import { z } from 'zod';
import { CodeText, ComponentCode, SaveCode } from '@pipewright/shared/http/component-code.ts';
import { RegisteredComponent } from '@pipewright/shared/http/components.ts';
import { formatComponentReference } from '@pipewright/shared/component/component-reference.ts';
import { filesOfCode, readCodeText } from '../../assets/component-code.ts';
import { registerChangedCode } from '../../assets/register-code.ts';
import type { RegisterOutcome } from '../../assets/register-parts.ts';
import type { FoundComponent } from '../../registry/component-registry.ts';
import { VersionParams, versionOf } from '../assets/asset-params.ts';
import { registeredOr, registerParts } from '../assets/register-parts.ts';
import { DraftParams } from '../drafts/draft-params.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import { HttpError, notFound } from '../errors.ts';
import type { Services } from '../services.ts';

/** `path`: one of the files. */
const Rest = z.object({ path: z.array(z.string()).optional() });
const CodeAnswer = z.union([CodeText, ComponentCode]);
/** How a step of the draft names the component: a file is looked for beside the draft. */
const OfStep = z.object({ component: z.string().min(1) });
type Version = z.infer<typeof VersionParams>;
type OfDraft = z.infer<typeof DraftParams> & z.infer<typeof OfStep>;

/** The code of registered components, and of those that lie beside a draft as files: looked at, and changed into a next version. */
export const codeEndpoints: readonly AnyEndpoint[] = [
  endpoint({
    method: 'get',
    path: '/components/{name}/{version}/code{/*path}',
    summary: 'The files that a step of a component finds in the folder that it runs in, or the text of one of them',
    params: VersionParams.extend(Rest.shape),
    result: CodeAnswer,
    handle: async ({ services, params: { path, ...params } }) => ({ body: await codeAt(services, await registered(services, params), path) }),
  }),
  endpoint({
    method: 'post',
    path: '/components/{name}/{version}/code',
    summary: 'Register the next version of a component with other files in its code',
    params: VersionParams,
    body: SaveCode,
    result: RegisteredComponent,
    status: 201,
    handle: async ({ services, params, body }) => ({ body: await saveCode(services, await registered(services, params), body) }),
  }),
  endpoint({
    method: 'get',
    path: '/drafts/{id}/code{/*path}',
    summary: 'The same of a component as a step of a draft names it',
    params: DraftParams.extend(Rest.shape),
    query: OfStep,
    result: CodeAnswer,
    handle: async ({ services, params: { path, ...params }, query }) => ({
      body: await codeAt(services, await besideDraft(services, { ...params, ...query }), path),
    }),
  }),
  endpoint({
    method: 'post',
    path: '/drafts/{id}/code',
    summary: 'Register what lies beside a draft as the next version of its name, with other files in its code; the file stays as it is',
    params: DraftParams,
    query: OfStep,
    body: SaveCode,
    result: RegisteredComponent,
    status: 201,
    handle: async ({ services, params, query, body }) => ({ body: await saveCode(services, await besideDraft(services, { ...params, ...query }), body) }),
  }),
];

async function registered(services: Services, params: Version): Promise<FoundComponent> {
  const { name, version } = await versionOf(services, 'components', params);
  return withCode(await services.components.find(formatComponentReference(name, version), null), `${name}:${version}`);
}

/** A component as a step of a draft names it. */
export async function besideDraft(services: Services, { id, component }: OfDraft): Promise<FoundComponent> {
  const draft = await services.store.drafts.get(id);
  if (!draft) throw notFound(`The draft ${id}`);
  return withCode(await services.components.find(component, draft.folder), component);
}

function withCode(found: Awaited<ReturnType<Services['components']['find']>>, what: string): FoundComponent {
  if (!found) throw notFound(`The component ${what}`);
  if ('severity' in found) throw new HttpError(422, found.code, { title: found.message, problems: [found] });
  if (found.component.type === 'pipeline') throw new HttpError(422, 'no-code', `${what} is a pipeline: it has steps and no code`);
  return found;
}

/** All of it, or the text of a file: only what a run would take can be named. */
async function codeAt(services: Services, found: FoundComponent, path: readonly string[] = []): Promise<z.infer<typeof CodeAnswer>> {
  const files = await filesOfCode(found, services.artifacts);
  if (path.length === 0) {
    const whyNotEdited = found.source === 'built-in' ? 'It comes with Pipewright: what is changed becomes a component of another name.' : null;
    return { files: files.map(({ name, sizeBytes }) => ({ path: name, sizeBytes })), whyNotEdited };
  }
  const file = files.find(({ name }) => name === path.join('/'));
  if (!file) throw notFound(`The file ${path.join('/')} in the code`);
  return await readCodeText(file);
}

async function saveCode(services: Services, found: FoundComponent, body: SaveCode): Promise<RegisteredComponent> {
  const { component, source } = found;
  if (source === 'built-in' && (body.name ?? component.name) === component.name)
    throw new HttpError(409, 'built-in', `${component.name} comes with Pipewright. Give what you make of it another name.`);
  return await registeredComponent(services, await registerChangedCode(await registerParts(services), found, body));
}

/** What was registered, as the list of components has it. */
export async function registeredComponent(services: Services, outcome: RegisterOutcome): Promise<RegisteredComponent> {
  const { name, version } = registeredOr(outcome);
  const asset = await versionOf(services, 'components', { name, version });
  const record = await services.store.registry.component(name, version);
  if (!record) throw new Error(`Internal error: expected the component ${name}:${version} that was just registered`);
  return { ...asset, reference: formatComponentReference(name, version), component: record.component };
}
