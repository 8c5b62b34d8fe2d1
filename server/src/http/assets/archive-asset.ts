import { AssetVersions, ChangedVersions, assetNouns, type AssetNoun } from '@pipewright/shared/http/assets.ts';
import { endpoint, type AnyEndpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { NameParams, versionsOf, wordFor } from './asset-params.ts';

export const archiveAsset = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'post',
    path: `/${noun}/{name}/archive`,
    summary: `Archive a ${wordFor[noun]}, or versions of it: no longer latest and in no list, found by exact version all the same`,
    params: NameParams,
    body: AssetVersions,
    result: ChangedVersions,
    handle: async (input) => await setArchived(noun, input, input.services.clock.now().toISOString()),
  });

export const restoreAsset = (noun: AssetNoun): AnyEndpoint =>
  endpoint({
    method: 'post',
    path: `/${noun}/{name}/restore`,
    summary: `Bring an archived ${wordFor[noun]} back, or versions of it`,
    params: NameParams,
    body: AssetVersions,
    result: ChangedVersions,
    handle: async (input) => await setArchived(noun, input, null),
  });

interface Input {
  readonly services: Parameters<typeof versionsOf>[0];
  readonly params: { readonly name: string };
  readonly body: { readonly versions?: readonly string[] | undefined };
}

async function setArchived(noun: AssetNoun, { services, params: { name }, body }: Input, at: string | null): Promise<{ body: { versions: string[] } }> {
  const known = (await versionsOf(services, noun, name)).map(({ version }) => version);
  const versions = body.versions ?? known;
  const unknown = versions.find((version) => !known.includes(version));
  if (unknown !== undefined) throw notFound(`Version ${unknown} of the ${wordFor[noun]} ${name}`);
  return { body: { versions: [...(await services.store.assets.setArchived({ kind: assetNouns[noun], name }, versions, at))] } };
}
