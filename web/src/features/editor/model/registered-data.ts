import type { Asset } from '@pipewright/shared/asset/asset.ts';
import { type AssetReference, parseAssetReference, writeAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { kindsOf } from '@pipewright/shared/asset/kinds-of.ts';
import { DataType, type PortType } from '@pipewright/shared/component/port-type.ts';
import { whyNotConnect } from '@pipewright/shared/component/why-not-connect.ts';
import type { PortView, StepView } from '../../../canvas/step-view.ts';
import { rememberWords, searchBy } from './search-by.ts';

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
export const searchAssets = (assets: readonly Asset[], query: string): Asset[] => searchBy(assets, query, searchableOf);

const searchableOf = rememberWords(({ name, displayName, description, tags, type, kind }: Asset) => ({
  title: name,
  words: [displayName ?? '', type ?? '', kind, ...Object.entries(tags).flat(), description].join(' '),
}));

/** What a path names in this workspace, written short; null for a path, an address, and what lies in a registry. */
export const assetIn = (path: string): AssetReference | null => (path.startsWith('azureml://') ? null : parseAssetReference(path));

/** How an input of a type is given it: where data of that name would be meant, it is written as MLflow names a model. */
export function pathOf({ kind, name, version }: Pick<Asset, 'kind' | 'name' | 'version'>, type: PortType): string {
  const reference = { name, at: { version } };
  const isTaken = kind !== 'model' || kindsOf(reference, type)[0] === 'model';
  return writeAssetReference(isTaken ? reference : { ...reference, kind });
}

/** *version 3*, *version 3 · @best*. */
export const describeVersion = ({ version, labels }: Pick<Asset, 'version' | 'labels'>): string =>
  [`version ${version}`, ...labels.map((label) => `@${label}`)].join(' · ');
