import type { BytesKind } from '@pipewright/shared/asset/asset.ts';
import type { AssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { didYouMean } from '@pipewright/shared/graph/suggest-name.ts';
import type { AssetStore } from '../store/asset-store.ts';

interface Unknown extends AssetReference {
  /** Of these kinds it may be; it would be the first one if it were registered now. */
  readonly kinds: readonly BytesKind[];
}

/** Why a reference to data or a model comes to nothing, and what to do about it. */
export async function whyUnknown(assets: Pick<AssetStore, 'versions' | 'names'>, text: string, { name, at, kinds }: Unknown): Promise<string> {
  const [kind = 'data'] = kinds;
  const unknown = `The ${kind === 'model' ? 'model' : 'data asset'} ${text} is not known here.`;
  const versions = (await Promise.all(kinds.map(async (each) => await assets.versions({ kind: each, name })))).flat();
  if (versions.length === 0)
    return `${unknown}${didYouMean(name, await assets.names(kinds))} Register it with pipewright register ${kind} --name ${name} --path PATH.`;
  const newest = versions.find(({ isLatest }) => isLatest);
  if (!newest) return `${text}: all versions of ${name} are archived. Name one of them exactly, or bring one back.`;
  const latest = `The latest version is ${newest.version}.`;
  if ('version' in at) return isStage(kind, at.version) ? `${unknown} ${stageHint} ${latest}` : `${unknown} ${latest}`;
  const labels = versions.flatMap((version) => version.labels);
  const others = labels.length === 0 ? `${name} has no ${wordOf(kind)}.` : `${name} has ${labels.join(', ')}.`;
  return `${unknown} ${others} ${latest}`;
}

const stageHint = 'A stage is shown to clients of MLflow only: give a version, or an alias as models:/NAME@ALIAS.';
const isStage = (kind: BytesKind, version: string): boolean => kind === 'model' && /^(none|staging|production|archived)$/i.test(version);
const wordOf = (kind: BytesKind): string => (kind === 'model' ? 'alias' : 'label');
