import { stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { isAssetName, isAssetVersion, type AssetOrigin, type BytesKind } from '@pipewright/shared/asset/asset.ts';
import { parseAssetReference, parseRunOutputUri } from '@pipewright/shared/asset/asset-reference.ts';
import { parseLoggedAddress } from '@pipewright/shared/asset/logged-address.ts';
import type { DataType } from '@pipewright/shared/component/port-type.ts';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { refused, taken, type RegisterOutcome, type RegisterParts } from './register-parts.ts';

/** What is said of data or a model that is to get a name. */
export interface BytesTexts {
  readonly kind: BytesKind;
  readonly name: string;
  readonly version?: string | undefined;
  readonly type?: DataType | undefined;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
}

/** Takes in what lies at a path; of what lies elsewhere the address alone. Relative paths are those of `folder`. */
export async function registerBytes(parts: RegisterParts, bytes: BytesTexts & { readonly path: string }, folder: string | null): Promise<RegisterOutcome> {
  const { kind, path } = bytes;
  const wrong = whyNotNamed(bytes);
  if (wrong !== null) return refused('wrong', wrong);
  // What a run has put out may be cleared away, and another name may come to mean something else.
  if (parseRunOutputUri(path) !== null || parseAssetReference(path) !== null || parseLoggedAddress(path) !== null) return await registerNamed(parts, bytes);
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) && !path.startsWith('file:')) {
    const type = bytes.type ?? (kind === 'model' ? 'custom_model' : 'uri_folder');
    return await nameIt(parts, bytes, { type, artifact: null, path, origin: null, notes: [`Its bytes stay at ${path}.`] });
  }
  const plain = path.replace(/^file:(\/\/)?/, '');
  if (!isAbsolute(plain) && folder === null) return refused('wrong', `${path} is a relative path: give the whole one.`);
  const full = resolve(folder ?? '/', plain);
  if (!(await stat(full).catch(() => null))) return refused('missing', `The ${kind} ${path} does not exist (looked for ${full}).`);
  return await takeIn(parts, bytes, { from: full, path: full, origin: null });
}

async function registerNamed(parts: RegisterParts, bytes: BytesTexts & { readonly path: string }): Promise<RegisterOutcome> {
  const place = await parts.data.find(bytes.path, { folder: null, mayFetch: true, ...(bytes.type === undefined ? {} : { type: bytes.type }) });
  if (place.kind === 'problem') return refused('missing', place.message);
  if (place.kind === 'not-fetched') return refused('missing', `${place.url} cannot be fetched.`);
  return await takeIn(parts, bytes, { from: place.path, path: bytes.path, origin: place.origin ?? null });
}

interface Source {
  /** Where the bytes lie now. */
  readonly from: string;
  readonly path: string;
  readonly origin: AssetOrigin | null;
}

async function takeIn(parts: RegisterParts, bytes: BytesTexts, { from, path, origin }: Source): Promise<RegisterOutcome> {
  const info = await stat(from).catch(() => null);
  if (!info) return refused('missing', `The ${bytes.kind} ${path} does not exist (looked for ${from}).`);
  const type = bytes.type ?? (await typeOfBytes(bytes.kind, from, info.isDirectory()));
  // Its own bytes: what is changed there afterwards is not the asset. Nobody clears them away before they have a name.
  const release = parts.artifacts.upkeep.hold();
  try {
    const { hash, isFolder, sizeBytes, fileCount } = await parts.artifacts.collectCopy(from);
    const artifact = { hash: ContentHash.parse(hash), type, isFolder, sizeBytes, fileCount };
    return await nameIt(parts, bytes, { type, artifact, path, origin, notes: [] });
  } finally {
    release();
  }
}

interface Content {
  readonly type: DataType;
  readonly artifact: Artifact | null;
  readonly path: string | null;
  readonly origin: AssetOrigin | null;
  readonly notes: readonly string[];
}

/** The last step: content gets its name. */
export async function nameIt(parts: RegisterParts, bytes: BytesTexts, { notes, ...content }: Content): Promise<RegisterOutcome> {
  const { kind, name, version = null, displayName = null, description = '', tags = {} } = bytes;
  const texts = { displayName, description, tags: textsOf(tags) };
  const told = { source: 'registered' as const, createdAt: parts.now(), by: parts.by, sizeBytes: content.artifact?.sizeBytes ?? null };
  const { outcome, asset } = await parts.store.assets.register({ kind, name, version, ...content, ...texts, ...told });
  if (outcome === 'version-taken') return taken(kind, name, asset.version);
  const archived = asset.archivedAt === null ? [] : [`${name}:${asset.version} is archived: bring it back to see it in lists.`];
  return { ok: true, registered: { kind, name, version: asset.version, outcome, notes: [...notes, ...archived] } };
}

export function whyNotNamed({ name, version }: Pick<BytesTexts, 'name' | 'version'>): string | null {
  if (!isAssetName(name)) return `"${name}" cannot be the name of an asset: use letters, digits, dots, dashes and underscores.`;
  if (version === undefined || isAssetVersion(version)) return null;
  return `"${version}" cannot be a version: it may not hold spaces, colons, slashes or @, nor be "latest".`;
}

/** Files may give a tag any value. */
const textsOf = (tags: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));

/** By the file that tells: `MLmodel` of a model, `MLTable` of a table. */
export async function typeOfBytes(kind: BytesKind, path: string, isFolder: boolean): Promise<DataType> {
  const has = async (name: string): Promise<boolean> => isFolder && (await stat(join(path, name)).catch(() => null))?.isFile() === true;
  if (kind === 'model') return (await has('MLmodel')) ? 'mlflow_model' : 'custom_model';
  if (await has('MLTable')) return 'mltable';
  return isFolder ? 'uri_folder' : 'uri_file';
}
