import { z } from 'zod';
import { DataType } from '../component/port-type.ts';
import { Instant } from '../ids.ts';
import { Json } from '../json.ts';
import { Artifact } from '../run/artifact.ts';

export const AssetKind = z.enum(['data', 'model']);
export type AssetKind = z.infer<typeof AssetKind>;

/** A name and a version for data or a model. */
export const RegisteredAsset = z.object({
  kind: AssetKind,
  name: z.string(),
  version: z.string(),
  type: DataType,
  description: z.string(),
  tags: z.record(z.string(), Json),
  /** The bytes, taken in when it was registered; null for what lies elsewhere. */
  artifact: Artifact.nullable(),
  /** Where it came from, or where it lies: a path, or an address. */
  path: z.string(),
  createdAt: Instant,
});
export type RegisteredAsset = z.infer<typeof RegisteredAsset>;

/** `azureml:NAME:VERSION`, `azureml:NAME@latest` or `azureml:NAME`; also the address of an asset in a workspace or a registry. */
export interface AssetReference {
  readonly name: string;
  /** `latest` where none is said. */
  readonly version: string;
}

const short = /^azureml:([A-Za-z0-9_.-]+)(?::([^@:/]+)|@([A-Za-z0-9_]+))?$/;
const long = /^azureml:\/{1,2}.*\/(?:data|models)\/([^/]+)(?:\/(?:versions|labels)\/([^/]+))?$/;

export function parseAssetReference(text: string): AssetReference | null {
  const match = short.exec(text) ?? long.exec(text);
  return match?.[1] === undefined ? null : { name: match[1], version: match[2] ?? match[3] ?? 'latest' };
}

/** `azureml://datastores/NAME/paths/P`, also with subscription, group and workspace before it. */
export function parseDatastoreUri(text: string): { readonly datastore: string; readonly path: string } | null {
  const match = /^azureml:\/\/(?:.*\/)?datastores\/([^/]+)(?:\/paths\/?(.*))?$/.exec(text);
  return match?.[1] === undefined ? null : { datastore: match[1], path: match[2] ?? '' };
}

/** `azureml://jobs/RUN/outputs/NAME/paths/P` and `run:RUN/NAME/P`: an output of a run, and a place in it. */
export function parseRunOutputUri(text: string): { readonly run: string; readonly output: string; readonly path: string } | null {
  const match = /^azureml:\/\/jobs\/([^/]+)\/outputs\/([^/]+)(?:\/paths\/?(.*))?$/.exec(text) ?? /^runs?:\/*(\d+)\/([^/]+)(?:\/(.*))?$/.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? null : { run: match[1], output: match[2], path: match[3] ?? '' };
}
