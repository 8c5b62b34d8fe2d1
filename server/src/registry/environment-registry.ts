import type { AssetPin } from '@pipewright/shared/asset/asset.ts';
import type { EnvironmentReference } from '@pipewright/shared/component/environment.ts';
import type { Environment } from '@pipewright/shared/component/environment.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';

export interface FoundEnvironment {
  /** Null: the base Python environment. */
  readonly environment: Environment | null;
  /** Paths in the definition are relative to this folder. */
  readonly folder: string | null;
  /** The exact version of a registered one. */
  readonly asset?: AssetPin;
  /** Notes of what was mapped, or an error. */
  readonly problems: readonly Problem[];
}

/**
 * Finds what `environment` names: a registered one (`azureml:NAME:VERSION`), a curated one of Azure's registry, a YAML
 * file relative to `folder`, or the definition itself.
 */
export interface EnvironmentRegistry {
  find(reference: EnvironmentReference, folder: string | null): Promise<FoundEnvironment>;
}
