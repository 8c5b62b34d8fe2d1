import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readAsset, type AssetFile } from '@pipewright/shared/asset/asset-file.ts';
import type { AssetKind } from '@pipewright/shared/asset/asset.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import type { Environment } from '@pipewright/shared/component/environment.ts';
import type { DataType } from '@pipewright/shared/component/port-type.ts';
import { hasErrors, type Problem } from '@pipewright/shared/graph/problem.ts';
import type { Register, Registered } from '@pipewright/shared/http/register.ts';
import { ContentHash } from '@pipewright/shared/ids.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { readComponent } from '@pipewright/shared/yaml/read-component.ts';
import { writeComponent } from '@pipewright/shared/yaml/write-component.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { normalizeEnvironment } from '../environments/normalize-environment.ts';
import type { ComponentRegistry } from '../registry/component-registry.ts';
import type { Store } from '../store/store.ts';
import { bundleComponent, BundleError, type Bundle } from './bundle-component.ts';

export interface RegisterParts {
  readonly store: Pick<Store, 'assets' | 'registry'>;
  readonly artifacts: ArtifactStore;
  readonly components: ComponentRegistry;
  /** `assets/` in the data folder: what registered components consist of. */
  readonly assetsFolder: string;
  readonly now: () => string;
}

export type RegisterOutcome =
  | { readonly ok: true; readonly registered: Registered }
  | { readonly ok: false; readonly reason: 'taken' | 'wrong' | 'missing'; readonly message: string; readonly problems: readonly Problem[] };

/** Takes a file or bytes into the workspace by name and version; the same content again is no change. */
export async function register(parts: RegisterParts, request: Register): Promise<RegisterOutcome> {
  if (!('file' in request)) return await registerBytes(parts, { ...request, tags: {} }, null);
  const file = resolve(request.file);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return refused('missing', `The file ${file} does not exist or cannot be read.`);
  const asset = readAsset(text, file);
  switch (asset.kind) {
    case 'wrong':
      return { ok: false, reason: 'wrong', message: `${file} cannot be registered`, problems: asset.problems };
    case 'data':
    case 'model':
      return await registerBytes(parts, { ...asset.asset, kind: asset.kind }, dirname(file));
    case 'environment':
      return await registerEnvironment(parts, asset.environment, file);
    case 'other':
      return await registerComponent(parts, text, file);
  }
}

const refused = (reason: 'taken' | 'wrong' | 'missing', message: string): RegisterOutcome => ({ ok: false, reason, message, problems: [] });
const taken = (kind: string, name: string, version: string): RegisterOutcome =>
  refused('taken', `The ${kind} ${name}:${version} is registered with other content, and a version is never changed. Give another version.`);
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

type Bytes = Pick<AssetFile, 'name' | 'path' | 'version' | 'type' | 'description' | 'tags'> & { readonly kind: AssetKind };

async function registerBytes(parts: RegisterParts, bytes: Bytes, folder: string | null): Promise<RegisterOutcome> {
  const { kind, name, path, version = null, description = '', tags } = bytes;
  if (!/^[A-Za-z0-9][\w.-]*$/.test(name))
    return refused('wrong', `"${name}" cannot be the name of an asset: use letters, digits, dots, dashes and underscores.`);
  const isElsewhere = /^[a-z][a-z0-9+.-]*:/i.test(path) && !path.startsWith('file:');
  const created = { kind, name, version, description, tags, createdAt: parts.now() };
  if (isElsewhere) {
    const type = bytes.type ?? (kind === 'model' ? 'custom_model' : 'uri_folder');
    return toOutcome(kind, await parts.store.assets.register({ ...created, type, artifact: null, path, contentHash: digest(`${type} ${path}`) }), [
      `Its bytes stay at ${path}.`,
    ]);
  }
  const plain = path.replace(/^file:(\/\/)?/, '');
  if (!isAbsolute(plain) && folder === null) return refused('wrong', `${path} is a relative path: give the whole one.`);
  const full = resolve(folder ?? '/', plain);
  const info = await stat(full).catch(() => null);
  if (!info) return refused('missing', `The ${kind} ${path} does not exist (looked for ${full}).`);
  const type = bytes.type ?? typeOfBytes(kind, info.isDirectory());
  const { hash, isFolder, sizeBytes, fileCount } = await parts.artifacts.collectCopy(full);
  const artifact = { hash: ContentHash.parse(hash), type, isFolder, sizeBytes, fileCount };
  return toOutcome(kind, await parts.store.assets.register({ ...created, type, artifact, path: full, contentHash: digest(`${type} ${hash}`) }), []);
}

function typeOfBytes(kind: AssetKind, isFolder: boolean): DataType {
  if (kind === 'model') return 'custom_model';
  return isFolder ? 'uri_folder' : 'uri_file';
}

function toOutcome(kind: AssetKind, { outcome, asset }: Awaited<ReturnType<Store['assets']['register']>>, notes: string[]): RegisterOutcome {
  if (outcome === 'version-taken') return taken(kind, asset.name, asset.version);
  return { ok: true, registered: { kind, name: asset.name, version: asset.version, outcome, notes } };
}

async function registerEnvironment(parts: RegisterParts, environment: Environment, file: string): Promise<RegisterOutcome> {
  const { name } = environment;
  if (name === undefined) return refused('wrong', `${file}: an environment is registered by its name, and it has none.`);
  const normalized = await normalizeEnvironment(environment, dirname(file));
  if ('problem' in normalized) return { ok: false, reason: 'wrong', message: normalized.problem.message, problems: [{ ...normalized.problem, file }] };
  const { python, requirements, variables } = normalized.definition;
  const { conda_file: _inlined, ...rest } = environment;
  const contentHash = digest(canonicalJson(normalized.definition));
  const version = environment.version ?? (await nextVersion(await parts.store.registry.environments(), name, contentHash));
  const definition: Environment = { ...rest, version, ...(python === null ? {} : { python }), requirements, variables };
  const record = { name, version, environment: definition, contentHash, folder: dirname(file), source: 'registered' as const };
  const outcome = await parts.store.registry.registerEnvironment(record);
  if (outcome === 'version-taken') return taken('environment', name, version);
  return { ok: true, registered: { kind: 'environment', name, version, outcome, notes: [...normalized.notes] } };
}

async function registerComponent(parts: RegisterParts, text: string, file: string): Promise<RegisterOutcome> {
  const { component, problems } = readComponent(text, file);
  if (!component || hasErrors(problems)) return { ok: false, reason: 'wrong', message: `${file} is nothing that can be registered`, problems };
  const { name } = component;
  if (name === undefined) return refused('wrong', `${file}: a component is registered by its name, and it has none.`);
  try {
    const bundle = await bundleComponent(parts, { component, folder: dirname(file), definition: file });
    const contentHash = hashOf(bundle);
    const version = component.version ?? (await nextVersion(await parts.store.registry.components(), name, contentHash));
    const folder = join(parts.assetsFolder, 'components', name, version);
    const existing = await parts.store.registry.component(name, version);
    if (existing && existing.version === version && existing.contentHash !== contentHash) return taken('component', name, version);
    if (!existing) await place(parts, { ...bundle, component: { ...bundle.component, version } }, folder);
    const record = {
      name,
      version,
      component: { ...bundle.component, version },
      contentHash,
      folder,
      source: 'registered' as const,
      registeredAt: parts.now(),
    };
    const outcome = await parts.store.registry.registerComponent(record);
    if (outcome === 'version-taken') return taken('component', name, version);
    return { ok: true, registered: { kind: 'component', name, version, outcome, notes: problems.map(({ message }) => message) } };
  } catch (error) {
    if (error instanceof BundleError) return refused('wrong', `${file}: ${error.message}`);
    throw error;
  }
}

function hashOf({ component, files }: Bundle): string {
  const { version: _named, ...content } = component;
  return digest(canonicalJson({ content: JSON.parse(JSON.stringify(content)), files: Object.fromEntries(files) }));
}

/** Into a folder of its own first: a half-copied component is never found. */
async function place(
  { artifacts }: RegisterParts,
  { component, files }: { readonly component: Component; readonly files: Bundle['files'] },
  folder: string,
): Promise<void> {
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const [path, file] of files) {
    const target = join(fresh, path);
    await mkdir(dirname(target), { recursive: true });
    if ('text' in file) await writeFile(target, file.text);
    else await cp(artifacts.pathOf(file.code), target, { recursive: true });
  }
  await writeFile(join(fresh, 'component.yml'), writeComponent(component));
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
}

/** The version that has this content already, else one more than the highest that is a whole number. */
async function nextVersion(
  records: readonly { readonly name: string; readonly version: string; readonly contentHash: string }[],
  name: string,
  contentHash: string,
): Promise<string> {
  const own = records.filter((record) => record.name === name);
  const same = own.find((record) => record.contentHash === contentHash);
  if (same) return same.version;
  const numbers = own.map(({ version }) => Number(version)).filter(Number.isSafeInteger);
  return String(Math.max(0, ...numbers) + 1);
}
