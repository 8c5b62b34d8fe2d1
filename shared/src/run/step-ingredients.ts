import { canonicalJson } from '../pipeline/canonical-json.ts';
import type { Artifact } from './artifact.ts';
import type { EnvironmentDefinition, ResolvedInput, ResolvedStep } from './run-snapshot.ts';

export type IngredientKind = 'component' | 'parameter' | 'data' | 'code' | 'environment' | 'setting';

/** One thing that decides what comes of a step. */
export interface Ingredient {
  readonly kind: IngredientKind;
  /** The input, the package, or what it is: `command`. */
  readonly name: string;
  /** Two are the same when this is: of data the content, of all else what it says. Null: what it was is not known, or not yet. */
  readonly identity: string | null;
  readonly value: IngredientValue;
}

/** What can be said of it to people. */
export type IngredientValue =
  | { readonly kind: 'text'; readonly text: string }
  /** Data: where it comes from, and what it was in this run as far as that is known. */
  | { readonly kind: 'data'; readonly source: string; readonly artifact: Artifact | null };

/** What an output of a step was in the run; null: it did not come to be. */
export type ArtifactOf = (step: string, output: string) => Artifact | null;

/** All that decides what comes of a step in a run, value by value, in the order in which people look for it. */
export function ingredientsOf(step: ResolvedStep, artifactOf: ArtifactOf): readonly Ingredient[] {
  const own = step.componentReference === null;
  return [
    said('component', 'component', step.componentReference ?? 'its own command'),
    ...(own ? [said('component', 'command', step.component.command)] : []),
    ...Object.entries(step.inputs).flatMap(([name, input]) => ofInput(name, input, artifactOf)),
    ...(step.code === null ? [] : [{ ...said('code', 'code', step.code.hash.slice(0, 8)), identity: step.code.hash }]),
    ...ofEnvironment(step.environment),
    ...Object.entries(step.environmentVariables).map(([name, value]) => said('environment', name, value)),
    said('setting', 'compute', step.compute),
    ...ofControl(step),
  ];
}

const said = (kind: IngredientKind, name: string, text: string): Ingredient => ({ kind, name, identity: text, value: { kind: 'text', text } });

function ofInput(name: string, input: ResolvedInput, artifactOf: ArtifactOf): Ingredient[] {
  switch (input.kind) {
    case 'literal':
      return [said('parameter', name, String(input.value))];
    case 'data': {
      const source = input.asset ? `${input.asset.name}:${input.asset.version}` : (input.path.split('/').findLast((part) => part !== '') ?? input.path);
      return [{ kind: 'data', name, identity: input.hash, value: { kind: 'data', source, artifact: null } }];
    }
    case 'output': {
      const artifact = artifactOf(input.step, input.output);
      if (artifact?.value !== undefined) return [said('parameter', name, String(artifact.value))];
      return [{ kind: 'data', name, identity: artifact?.hash ?? null, value: { kind: 'data', source: `${input.step} · ${input.output}`, artifact } }];
    }
    case 'template': {
      const parts = input.parts.map((part) =>
        typeof part === 'string' ? part : String(artifactOf(part.step, part.output)?.value ?? `${part.step} · ${part.output}`),
      );
      return [said('parameter', name, parts.join(''))];
    }
    case 'absent':
      return [];
  }
}

function ofEnvironment(environment: EnvironmentDefinition | null): Ingredient[] {
  if (environment === null) return [said('environment', 'environment', 'base Python')];
  const { python, requirements, variables } = environment;
  return [
    said('environment', 'python', python ?? 'any'),
    ...requirements.map((requirement) => {
      const [, name = requirement, version = ''] = /^([\w.-]+)(.*)$/s.exec(requirement) ?? [];
      return said('environment', name, version.trim() === '' ? 'any version' : version.trim().replace(/^==/, ''));
    }),
    ...Object.entries(variables).map(([name, value]) => said('environment', name, value)),
  ];
}

function ofControl({ control }: ResolvedStep): Ingredient[] {
  if (control === undefined) return [];
  const { when, retry, timeoutMs, forEach, repeat, sweep } = control;
  const parts: readonly (readonly [string, unknown])[] = [
    ['condition', when],
    ['retries', retry?.count ?? null],
    ['timeout (s)', timeoutMs === null ? null : timeoutMs / 1000],
    ['loop', forEach],
    ['rounds', repeat ?? null],
    ['sweep', sweep ?? null],
  ];
  return parts.flatMap(([name, value]) => (value === null ? [] : [said('setting', name, typeof value === 'string' ? value : canonicalJson(value))]));
}
