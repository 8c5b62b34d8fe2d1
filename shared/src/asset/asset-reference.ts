/** One version, or that which a label points at; `latest` is the one that was registered last. */
export type AssetPoint = { readonly version: string } | { readonly label: string };

/**
 * `azureml:NAME:VERSION`, `azureml:NAME@LABEL` or `azureml:NAME`; also the address of an asset in a workspace or a registry,
 * and as MLflow names a model: `models:/NAME/VERSION`, `models:/NAME/latest`, `models:/NAME@ALIAS`.
 */
export interface AssetReference {
  readonly name: string;
  readonly at: AssetPoint;
  /** Told by how it is written: nothing else can be meant. */
  readonly kind?: 'model';
}

const short = /^azureml:([A-Za-z0-9_.-]+)(?::([^@:/]+)|@([A-Za-z0-9_.-]+))?$/;
const long = /^azureml:\/{1,2}.*\/(?:data|models|components|environments)\/([^/]+)(?:\/(versions|labels)\/([^/]+))?$/;
const model = /^models:\/+([A-Za-z0-9_.-]+)(?:\/([^@:/]+)|@([\w-]+))$/;

export function parseAssetReference(text: string): AssetReference | null {
  const ofModel = model.exec(text);
  if (ofModel?.[1] !== undefined) return { name: ofModel[1], at: parseAssetPoint(ofModel[2] ?? `@${ofModel[3]}`), kind: 'model' };
  const match = short.exec(text);
  if (match?.[1] !== undefined) return { name: match[1], at: match[2] === undefined ? { label: match[3] ?? 'latest' } : { version: match[2] } };
  const [, name, by, point] = long.exec(text) ?? [];
  if (name === undefined) return null;
  return { name, at: by === 'versions' && point !== undefined ? { version: point } : { label: point ?? 'latest' } };
}

const named = /^azureml:([A-Za-z0-9_.-]+)(?::([^@:/]+)|@latest)?$/;
const kept = /^azureml:\/\/.*\/(components|environments)\/([^/]+)(?:\/(?:versions|labels)\/([^/]+))?$/;

/**
 * What has no labels here: `azureml:NAME:VERSION`, `azureml:NAME@latest`, `azureml:NAME`, or the address of one in a workspace
 * or a registry; the version may be `latest`.
 */
export function parseNamedVersion(text: string, kind: 'component' | 'environment'): { readonly name: string; readonly version: string } | null {
  const [, name, version = 'latest'] = named.exec(text) ?? [];
  if (name !== undefined) return { name, version };
  const [, folder, called, point = 'latest'] = kept.exec(text) ?? [];
  return called === undefined || folder !== `${kind}s` ? null : { name: called, version: point };
}

export const formatAssetReference = (name: string, version: string): string => `azureml:${name}:${version}`;

/** In the way that it is written: `azureml:NAME:VERSION`, `azureml:NAME@LABEL`, or as MLflow names a model. */
export function writeAssetReference({ name, at, kind }: AssetReference): string {
  if (kind !== 'model') return 'version' in at ? formatAssetReference(name, at.version) : `azureml:${name}@${at.label}`;
  if ('version' in at) return `models:/${name}/${at.version}`;
  return at.label === 'latest' ? `models:/${name}/latest` : `models:/${name}@${at.label}`;
}

/** A version as the command line and the API take it: `3`, `latest`, or `@LABEL`. */
export function parseAssetPoint(text: string): AssetPoint {
  if (text === 'latest') return { label: text };
  return text.startsWith('@') ? { label: text.slice(1) } : { version: text };
}

/** `azureml://datastores/NAME/paths/P`, also with subscription, group and workspace before it. */
export function parseDatastoreUri(text: string): { readonly datastore: string; readonly path: string } | null {
  const match = /^azureml:\/\/(?:.*\/)?datastores\/([^/]+)(?:\/paths\/?(.*))?$/.exec(text);
  return match?.[1] === undefined ? null : { datastore: match[1], path: match[2] ?? '' };
}

export interface RunOutputReference {
  readonly run: string;
  /** The step that put it out; left out, it is an output of the pipeline. */
  readonly step?: string;
  readonly output: string;
  readonly path: string;
}

/**
 * `azureml://jobs/RUN/outputs/NAME/paths/P` and `run:RUN/NAME/P`: an output of a run, and a place in it. A step of a run is a
 * job of its own, `RUN%2FSTEP`. The id that MLflow has for a run may be all digits, and is longer.
 */
export function parseRunOutputUri(text: string): RunOutputReference | null {
  const match = /^azureml:\/\/jobs\/([^/]+)\/outputs\/([^/]+)(?:\/paths\/?(.*))?$/.exec(text) ?? /^runs?:\/*(\d{1,15})\/([^/]+)(?:\/(.*))?$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const [run = '', ...step] = match[1].split(/%2F/i);
  return { run, ...(step.length > 0 ? { step: step.join('/') } : {}), output: match[2], path: match[3] ?? '' };
}

/** An output of a step of a run, as an input names it. */
export const writeStepOutputUri = ({ run, step, output }: { readonly run: string; readonly step: string; readonly output: string }): string =>
  `azureml://jobs/${[run, ...step.split('/')].join('%2F')}/outputs/${output}`;
