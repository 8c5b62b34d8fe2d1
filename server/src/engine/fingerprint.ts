import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import type { Scalar } from '@pipewright/shared/json.ts';

/** What an input contributes: its value, the content of its data, or that it is absent. */
export type InputIngredient =
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'data'; readonly hash: string }
  | { readonly kind: 'absent' };

/** Everything that decides a step's result, each part kept, so that two fingerprints can be compared and explained. */
export interface FingerprintParts {
  readonly command: string;
  /** Names and types of inputs and outputs. */
  readonly interface: { readonly inputs: Record<string, string>; readonly outputs: Record<string, string> };
  /** File → content hash of the code snapshot; null without code. */
  readonly code: Record<string, string> | null;
  /** The definition that the step runs in, in canonical form. */
  readonly environment: EnvironmentDefinition | null;
  readonly inputs: Record<string, InputIngredient>;
  readonly environmentVariables: Record<string, string>;
  readonly compute: string;
}

export interface Fingerprint {
  /** Digest of the canonical form of `parts`. */
  readonly hash: string;
  readonly parts: FingerprintParts;
}
