import { z } from 'zod';
import { type DataType, isModelType } from '../component/port-type.ts';
import { Instant } from '../ids.ts';
import { Artifact } from '../run/artifact.ts';

export const AssetKind = z.enum(['data', 'model', 'component', 'environment']);
export type AssetKind = z.infer<typeof AssetKind>;

/** The kinds that are bytes. */
export const BytesKind = AssetKind.extract(['data', 'model']);
export type BytesKind = z.infer<typeof BytesKind>;

/** What an output of a type is registered as. */
export const kindOfType = (type: DataType): BytesKind => (isModelType(type) ? 'model' : 'data');

/** The output of a run, or what a step of it has logged, that a version was made from. */
export const AssetOrigin = z.object({ run: z.string(), step: z.string(), port: z.string().nullable() });
export type AssetOrigin = z.infer<typeof AssetOrigin>;

/** What may be changed of a version. */
export const AssetTexts = z.object({
  displayName: z.string().nullable(),
  /** Markdown. */
  description: z.string(),
  tags: z.record(z.string(), z.string()),
});
export type AssetTexts = z.infer<typeof AssetTexts>;

/** A name and a version for data, a model, a component or an environment. What it holds never changes. */
export const Asset = AssetTexts.extend({
  kind: AssetKind,
  name: z.string(),
  version: z.string(),
  /** Of data and models that of the bytes, of a component its kind; an environment has none. */
  type: z.string().nullable(),
  /** `run`: an output that its pipeline registers. */
  source: z.enum(['built-in', 'registered', 'run']),
  createdAt: Instant,
  /** Null: nobody knows any more, or nobody did. */
  by: z.string().nullable(),
  /** Archived: no longer `latest`, in no list; found by its exact version all the same. */
  archivedAt: Instant.nullable(),
  isLatest: z.boolean(),
  /** Names that point at this version, besides `latest`. */
  labels: z.array(z.string()),
  origin: AssetOrigin.nullable(),
  /** The bytes, taken in when it was registered; null for what lies elsewhere. */
  artifact: Artifact.nullable(),
  /** Where it came from, or where it lies: a path, or an address; null for what only a run has made. */
  path: z.string().nullable(),
  sizeBytes: z.int().nullable(),
}).meta({ id: 'Asset' });
export type Asset = z.infer<typeof Asset>;

/** What an asset was to a step: what it read or put out, the component it is a use of, the environment it ran in. */
export const AssetRole = z.enum(['input', 'output', 'component', 'environment']);
export type AssetRole = z.infer<typeof AssetRole>;

/** An exact version, as a run is pinned to it. */
export const AssetPin = z.object({ kind: AssetKind, name: z.string(), version: z.string() });
export type AssetPin = z.infer<typeof AssetPin>;

/** Letters, digits, dots, dashes and underscores. */
export const isAssetName = (text: string): boolean => /^[A-Za-z0-9][\w.-]*$/.test(text) && text.length <= 255;

/** It names a folder, and the path of an address holds what no version may. */
export const isAssetVersion = (text: string): boolean => /^[^@:/\\\s\0]{1,100}$/.test(text) && !['latest', '.', '..'].includes(text);
