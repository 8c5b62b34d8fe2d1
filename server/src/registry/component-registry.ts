import type { AssetPin } from '@pipewright/shared/asset/asset.ts';
import type { Component } from '@pipewright/shared/component/component.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';

export interface FoundComponent {
  readonly component: Component;
  /** Paths in the component are relative to this folder. */
  readonly folder: string;
  /** The file it was read from; null for one given inline. */
  readonly definition: string | null;
  readonly source: 'built-in' | 'registered' | 'file';
  /** The exact version of a registered one; null for a file. */
  readonly asset: AssetPin | null;
  /** What was taken for what in its file. */
  readonly problems: readonly Problem[];
  /** Gives problems inside it their place in its file. */
  readonly locate: (problems: readonly Problem[]) => Problem[];
}

/**
 * Finds what a step's `component` names: `azureml:NAME:VERSION`, `azureml:NAME@latest`, `azureml:NAME`, a registry
 * address that ends in the same, or a YAML file relative to `folder`.
 */
export interface ComponentRegistry {
  find(reference: string, folder: string | null): Promise<FoundComponent | Problem | undefined>;
}
