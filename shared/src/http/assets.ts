import { z } from 'zod';
import { Asset, AssetRole } from '../asset/asset.ts';
import { Component } from '../component/component.ts';
import { Environment } from '../component/environment.ts';
import { Instant, RunId } from '../ids.ts';
import { Artifact } from '../run/artifact.ts';
import { RunStatus } from '../run/status.ts';
import { pageOf, PageQuery } from './page.ts';

/** The words of the addresses, and what each is about. */
export const assetNouns = { data: 'data', models: 'model', components: 'component', environments: 'environment' } as const;
export type AssetNoun = keyof typeof assetNouns;

export const AssetsQuery = PageQuery.extend({
  /** Part of a name. */
  search: z.string().optional(),
  /** `KEY` or `KEY=VALUE`. */
  tag: z.string().optional(),
  type: z.string().optional(),
  archived: z.enum(['exclude', 'include', 'only']).default('exclude'),
  /** `true`: of each name the newest version alone. */
  latest: z.enum(['true', 'false']).default('false'),
});
export type AssetsQuery = z.infer<typeof AssetsQuery>;

/** A run in which an asset stood; of a component or an environment with its first step there, and how many had it. */
export const AssetUse = z
  .object({
    role: AssetRole,
    version: z.string(),
    run: RunId,
    runName: z.string(),
    status: RunStatus,
    at: Instant,
    step: z.string(),
    port: z.string(),
    steps: z.int(),
  })
  .meta({ id: 'AssetUse' });
export type AssetUse = z.infer<typeof AssetUse>;

/** A version with where it stands in the history: the runs that put it out, and the newest of those that used it. */
export const AssetDetail = Asset.extend({
  /** What a document writes to use it: `azureml:NAME:VERSION`. */
  reference: z.string(),
  madeBy: z.array(AssetUse),
  usedBy: pageOf(AssetUse),
  /** Of a component and of an environment. */
  component: Component.optional(),
  definition: Environment.optional(),
});
export type AssetDetail = z.infer<typeof AssetDetail>;

export const AssetUsesQuery = PageQuery.extend({
  /** Left out: those that used it. */
  role: z.enum(['used', 'made']).default('used'),
  /** Left out: any version. */
  version: z.string().optional(),
});

export const AssetChange = z.strictObject({
  displayName: z.string().max(255).nullable().optional(),
  description: z.string().max(20_000).optional(),
  tags: z.record(z.string().min(1).max(100), z.string().max(1000)).optional(),
});
export type AssetChange = z.infer<typeof AssetChange>;

/** Left out: every version of the name. */
export const AssetVersions = z.strictObject({ versions: z.array(z.string()).min(1).optional() });
/** Those that were changed by it. */
export const ChangedVersions = z.object({ versions: z.array(z.string()) });

/** An input or an output of a step that is an asset. */
export const AssetInRun = z.object({ ...Asset.pick({ kind: true, name: true, version: true }).shape, role: AssetRole, step: z.string(), port: z.string() });
export type AssetInRun = z.infer<typeof AssetInRun>;

/** What a step of a run has put out, whether it has a name or not. */
export const RunOutput = z.object({ run: RunId, pipelineName: z.string(), step: z.string(), port: z.string(), artifact: Artifact, createdAt: Instant });
export type RunOutput = z.infer<typeof RunOutput>;

export const EnvironmentBuild = z.object({
  hash: z.string(),
  status: z.enum(['building', 'ready', 'failed']),
  /** `host`, `uv` or `venv`; null while that is being found out. */
  builder: z.string().nullable(),
  python: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  message: z.string().nullable(),
  /** The name of the list of what is installed in it. */
  lock: z.string().nullable(),
});
export type EnvironmentBuild = z.infer<typeof EnvironmentBuild>;

export const RegisteredEnvironment = Asset.extend({ definition: Environment, build: EnvironmentBuild.nullable() });
export type RegisteredEnvironment = z.infer<typeof RegisteredEnvironment>;

/** An environment that was written here; its conda file stands in it. A version that is not said is the next one. */
export const RegisterEnvironment = z.strictObject({ definition: Environment });
export type RegisterEnvironment = z.infer<typeof RegisterEnvironment>;
