import type { EnvironmentBuild } from '@pipewright/shared/http/assets.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import type { LockBook } from './environment-locks.ts';

export interface PreparedEnvironment {
  readonly hash: string;
  /** First on the step's PATH. */
  readonly binFolder: string;
  /** The interpreter by its real path. */
  readonly python: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly builder: 'host' | 'uv' | 'venv';
  /** What differs from the definition, for the person who reads the run. */
  readonly notes: readonly string[];
  /** The name of the list of what is installed in it; null for one that an earlier release made. */
  readonly lock: string | null;
}

export type Preparation = { readonly ok: true; readonly environment: PreparedEnvironment } | { readonly ok: false; readonly failure: StepFailure };

export interface PrepareListener {
  /** A line of the build's log. */
  line(text: string): void;
  /** A few words for the node's strip: `installing scikit-learn, 4 of 12`. */
  progress(detail: string): void;
}

/** A definition of null is the base Python. One build per content hash: who asks while it is being built waits for the same one. */
export interface EnvironmentBuilder extends LockBook, AsyncDisposable {
  /** Without building: the environment if it stands ready. */
  ready(definition: EnvironmentDefinition | null): Promise<PreparedEnvironment | undefined>;
  prepare(definition: EnvironmentDefinition | null, listener: PrepareListener, signal?: AbortSignal): Promise<Preparation>;
  hashOf(definition: EnvironmentDefinition | null): string;
  builds(): Promise<readonly EnvironmentBuild[]>;
}
