import { z } from 'zod';
import { parseAssetPoint } from '@pipewright/shared/asset/asset-reference.ts';
import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import { assetNouns, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { HttpError } from '../errors.ts';
import type { Services } from '../services.ts';

export const NameParams = z.object({ name: z.string() });
export const VersionParams = NameParams.extend({ version: z.string() });

/** All versions of a name, newest first; there is at least one. */
export async function versionsOf({ store }: Services, noun: AssetNoun, name: string): Promise<readonly Asset[]> {
  const versions = await store.assets.versions({ kind: assetNouns[noun], name });
  if (versions.length === 0) throw await unknownName(store, noun, name);
  return versions;
}

/** One version: by its own name, `latest`, or `@LABEL`. */
export async function versionOf({ store }: Services, noun: AssetNoun, { name, version }: z.infer<typeof VersionParams>): Promise<Asset> {
  const kind = assetNouns[noun];
  const found = await store.assets.find([kind], name, parseAssetPoint(version));
  if (found) return found;
  const [newest] = await store.assets.versions({ kind, name });
  if (!newest) throw await unknownName(store, noun, name);
  const latest = await store.assets.find([kind], name, { label: 'latest' });
  const detail = latest ? `The latest version is ${latest.version}.` : 'All its versions are archived.';
  throw new HttpError(404, 'not-found', { title: `Version ${version} of the ${wordFor[noun]} ${name} does not exist`, detail });
}

export const wordFor = { data: 'data asset', models: 'model', components: 'component', environments: 'environment' } as const satisfies Record<
  AssetNoun,
  string
>;

async function unknownName(store: Services['store'], noun: AssetNoun, name: string): Promise<HttpError> {
  const hint = didYouMean(name, await store.assets.names([assetNouns[noun]])).trim();
  return new HttpError(404, 'not-found', { title: `The ${wordFor[noun]} ${name} does not exist`, ...(hint === '' ? {} : { detail: hint }) });
}
