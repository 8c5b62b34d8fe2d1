import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { type AssetReference, parseAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { DataType } from '@pipewright/shared/component/port-type.ts';
import { whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import type { PortView, StepView } from '../../../canvas/step-view.ts';
import { matchScore } from './search-components.ts';

/** Of data and models only: those have one. */
export const dataTypeOf = ({ type }: Pick<Asset, 'type'>): DataType => DataType.catch('uri_folder').parse(type);

/** What an input takes: its type, and others besides. */
export type Taking = Pick<PortView, 'type' | 'accepts'>;

/** Whether an input may be given this; of which kind a model is, is not known before it is read. */
export function mayBeGiven(asset: Pick<Asset, 'type'>, { type, accepts }: Taking): boolean {
  return type !== null && whyNotConnect({ type: dataTypeOf(asset) }, { type, accepts }) === null;
}

interface StepInputPort {
  readonly step: StepView;
  readonly port: PortView;
}

/** The inputs of steps that may be given it, those that have nothing yet before the others. */
export function inputsFor(asset: Pick<Asset, 'type'>, views: readonly StepView[]): StepInputPort[] {
  const fitting = views.flatMap((step) => step.inputs.flatMap((port): StepInputPort[] => (mayBeGiven(asset, port) ? [{ step, port }] : [])));
  return fitting.toSorted((a, b) => Number(a.port.isConnected) - Number(b.port.isConnected));
}

/** Those that answer a query, the best first; all of them, in their order, for an empty one. */
export function searchAssets(assets: readonly Asset[], query: string): Asset[] {
  if (query.trim() === '') return [...assets];
  return assets
    .map((asset) => ({ asset, score: matchScore(query, { title: asset.name, words: wordsOf(asset) }) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ asset }) => asset);
}

const wordsOf = ({ displayName, description, tags, type, kind }: Asset): string =>
  [displayName ?? '', type ?? '', kind, ...Object.entries(tags).flat(), description].join(' ');

/** What a path names in this workspace, written short; null for a path, an address, and what lies in a registry. */
export const assetIn = (path: string): AssetReference | null => (path.startsWith('azureml://') ? null : parseAssetReference(path));

/** In the way that it is written: `azureml:NAME:VERSION`, `azureml:NAME@LABEL`, or as MLflow names a model. */
export function writeAsset({ name, at, kind }: AssetReference): string {
  if (kind !== 'model') return 'version' in at ? `azureml:${name}:${at.version}` : `azureml:${name}@${at.label}`;
  if ('version' in at) return `models:/${name}/${at.version}`;
  return at.label === 'latest' ? `models:/${name}/latest` : `models:/${name}@${at.label}`;
}

/** *version 3*, *version 3 · @best*. */
export const describeVersion = ({ version, labels }: Pick<Asset, 'version' | 'labels'>): string =>
  [`version ${version}`, ...labels.map((label) => `@${label}`)].join(' · ');
