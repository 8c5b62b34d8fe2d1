import { kindOfType, type Asset, type AssetKind, type AssetOrigin, type AssetRole, type AssetTexts, type BytesKind } from '@pipewright/shared/asset/asset.ts';
import type { AssetPoint } from '@pipewright/shared/asset/asset-reference.ts';
import type { DataType } from '@pipewright/shared/component/port-type.ts';
import type { PageQuery } from '@pipewright/shared/http/page.ts';
import type { Instant, RunId } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import type { Page } from './store.ts';

/** Data or a model that is to get a name. Version null: the next number. */
export interface NewAsset extends AssetTexts {
  readonly kind: BytesKind;
  readonly name: string;
  readonly version: string | null;
  readonly type: DataType;
  readonly source: Asset['source'];
  readonly createdAt: Instant;
  readonly by: string | null;
  readonly origin: AssetOrigin | null;
  readonly artifact: Artifact | null;
  readonly path: string | null;
  readonly sizeBytes: number | null;
}

interface NamedOutput {
  readonly name: string;
  readonly version: string | null;
  readonly by: string;
  readonly createdAt: Instant;
  readonly origin: AssetOrigin & { readonly port: string };
  readonly artifact: Artifact & { readonly type: DataType };
}

/** What a step has put out, under a name that its pipeline gives it. */
export function assetOfOutput(output: NamedOutput): NewAsset {
  const { type, sizeBytes } = output.artifact;
  return { ...output, kind: kindOfType(type), type, source: 'run', displayName: null, description: '', tags: {}, path: null, sizeBytes };
}

export interface AssetName {
  readonly kind: AssetKind;
  readonly name: string;
}

export interface AssetKey extends AssetName {
  readonly version: string;
}

export interface AssetsQuery extends PageQuery {
  readonly kind: AssetKind;
  /** Part of its name, or of the name it is shown by. */
  readonly search?: string | undefined;
  /** `KEY` or `KEY=VALUE`. */
  readonly tag?: string | undefined;
  readonly type?: string | undefined;
  readonly archived: 'exclude' | 'include' | 'only';
  /** Of each name the newest alone. */
  readonly newestOnly: boolean;
}

/** A run in which an asset stood; of a component or environment its first step there, and how many had it. */
export interface AssetUse {
  readonly role: AssetRole;
  readonly version: string;
  readonly run: RunId;
  readonly runName: string;
  readonly status: RunStatus;
  readonly at: Instant;
  readonly step: string;
  readonly port: string;
  readonly steps: number;
}

/** What stood in one run: an input or an output of a step that is an asset. */
export interface AssetInRun extends AssetKey {
  readonly role: AssetRole;
  readonly step: string;
  readonly port: string;
}

/**
 * Everything that has a name and a version. What a version holds never changes; its texts, its labels and whether it is
 * archived do. Which runs used what is written with the runs themselves.
 */
export interface AssetStore {
  /** The latest version with the same content is the same asset where no version is said. */
  register(asset: NewAsset): Promise<{ readonly outcome: 'registered' | 'unchanged' | 'version-taken'; readonly asset: Asset }>;
  /** All of them or none: answers the first whose version holds other content. */
  registerAll(assets: readonly NewAsset[]): Promise<NewAsset | null>;
  /** Of the first kind that has it. `latest` passes over what is archived; an exact version does not. */
  find(kinds: readonly AssetKind[], name: string, at: AssetPoint): Promise<Asset | undefined>;
  /** Newest first, archived ones with them. */
  versions(of: AssetName): Promise<readonly Asset[]>;
  /** Newest first. */
  list(query: AssetsQuery): Promise<Page<Asset>>;
  /** To guess what somebody meant. */
  names(kinds: readonly AssetKind[]): Promise<readonly string[]>;
  update(key: AssetKey, texts: Partial<AssetTexts>): Promise<Asset | undefined>;
  /** `at` null: brings back. Answers the versions that were changed by it. */
  setArchived(of: AssetName, versions: readonly string[], at: Instant | null): Promise<readonly string[]>;
  /** Points a label at a version; version null takes it away. False where there is no such version, or label. */
  setLabel(of: AssetName, label: string, version: string | null): Promise<boolean>;
  /** Which runs it stood in, newest first; version null: any of them. */
  uses(of: AssetName & { readonly version: string | null; readonly roles: readonly AssetRole[] }, page: PageQuery): Promise<Page<AssetUse>>;
  /** The inputs and outputs of a run that are assets; `step`: of that alone. */
  inRun(run: RunId, step?: string): Promise<readonly AssetInRun[]>;
}
