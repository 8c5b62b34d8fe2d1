import { createHash } from 'node:crypto';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { EnvironmentDefinition, ResolvedInput, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { assertNever } from '@pipewright/shared/assert-never.ts';

/** What an input contributes: its value, the content of its data, or that it is absent. */
export type InputIngredient =
  { readonly kind: 'literal'; readonly value: Scalar } | { readonly kind: 'data'; readonly hash: string } | { readonly kind: 'absent' };

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

/** Outputs of the steps above, as far as they exist; a step that ended without any is left out. */
export type KnownOutputs = ReadonlyMap<string, Readonly<Record<string, Artifact>>>;

/** Names, labels, positions, times and paths are not in it: only what can change a result. */
export function fingerprintOf(step: ResolvedStep, known: KnownOutputs): Fingerprint {
  const parts: FingerprintParts = {
    command: step.component.command,
    interface: {
      inputs: typesOf(step.component.inputs),
      outputs: typesOf(step.outputs),
    },
    code: step.code?.files ?? null,
    environment: step.environment,
    inputs: Object.fromEntries(Object.entries(step.inputs).map(([name, input]) => [name, ingredientOf(input, known)])),
    environmentVariables: step.environmentVariables,
    compute: step.compute,
  };
  return { hash: createHash('sha256').update(canonicalJson(parts)).digest('hex'), parts };
}

function ingredientOf(input: ResolvedInput, known: KnownOutputs): InputIngredient {
  switch (input.kind) {
    case 'literal':
      return { kind: 'literal', value: input.value };
    case 'data':
      return { kind: 'data', hash: input.hash };
    case 'absent':
      return { kind: 'absent' };
    case 'output': {
      const artifact = known.get(input.step)?.[input.output];
      if (artifact === undefined) return { kind: 'absent' };
      return artifact.value === undefined ? { kind: 'data', hash: artifact.hash } : { kind: 'literal', value: artifact.value };
    }
    case 'template': {
      const text = textOfTemplate(input.parts, (source) => known.get(source.step)?.[source.output]?.value);
      return text === null ? { kind: 'absent' } : { kind: 'literal', value: text };
    }
    default:
      return assertNever(input);
  }
}

/** A text with the values of other steps put in; null while one of them is missing. */
export function textOfTemplate(
  parts: Extract<ResolvedInput, { kind: 'template' }>['parts'],
  valueOf: (source: { readonly step: string; readonly output: string }) => Scalar | undefined,
): string | null {
  const texts = parts.map((part) => (typeof part === 'string' ? part : valueOf(part)));
  return texts.includes(undefined) ? null : texts.join('');
}

const typesOf = (ports: Readonly<Record<string, { readonly type: string }>>): Record<string, string> =>
  Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, port.type]));
