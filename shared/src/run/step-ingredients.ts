import { formatComponentReference } from '../component/component-reference.ts';
import { isScalarType } from '../component/port-type.ts';
import { rewriteBindings } from '../expressions/binding.ts';
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

/** A run that a step's ingredients are read in. */
export interface Reading {
  /** What an output of a step was in the run; null: it did not come to be. */
  readonly artifactOf: (step: string, output: string) => Artifact | null;
  /** What a step of the run is called where several runs are looked at: in one of them it may have another key. */
  readonly nameOf: (step: string) => string;
}

/** All that decides what comes of a step in a run, value by value, in the order in which people look for it. */
export function ingredientsOf(step: ResolvedStep, reading: Reading): readonly Ingredient[] {
  return [
    said('component', 'component', componentOf(step)),
    // A file, or what a label stands for, may be another in each run under the same name.
    said('component', 'command', step.component.command),
    ...Object.entries(step.inputs).flatMap(([name, input]) => ofInput(name, input, reading)),
    ...(step.code === null ? [] : [{ ...said('code', 'code', step.code.hash.slice(0, 8)), identity: step.code.hash }]),
    ...ofEnvironment(step.environment),
    ...Object.entries(step.environmentVariables).map(([name, value]) => said('environment', name, value)),
    said('setting', 'compute', step.compute),
    ...ofControl(step, reading),
  ];
}

/** The version that it was in the run, where it has one. */
function componentOf({ assets, componentReference }: ResolvedStep): string {
  const pin = assets?.component;
  return pin ? formatComponentReference(pin.name, pin.version) : (componentReference ?? 'its own command');
}

const said = (kind: IngredientKind, name: string, text: string): Ingredient => ({ kind, name, identity: text, value: { kind: 'text', text } });

function ofInput(name: string, input: ResolvedInput, { artifactOf, nameOf }: Reading): Ingredient[] {
  switch (input.kind) {
    case 'literal':
      return [said('parameter', name, String(input.value))];
    case 'data': {
      const source = input.asset ? `${input.asset.name}:${input.asset.version}` : (input.path.split('/').findLast((part) => part !== '') ?? input.path);
      return [{ kind: 'data', name, identity: input.hash, value: { kind: 'data', source, artifact: null } }];
    }
    case 'output': {
      const artifact = artifactOf(input.step, input.output);
      const source = `${nameOf(input.step)} · ${input.output}`;
      if (!isScalarType(input.type)) return [{ kind: 'data', name, identity: artifact?.hash ?? null, value: { kind: 'data', source, artifact } }];
      const value = artifact?.value;
      return [value === undefined ? notKnown(name, source, artifact?.hash) : said('parameter', name, String(value))];
    }
    case 'template': {
      const values = input.parts.map((part) => (typeof part === 'string' ? part : artifactOf(part.step, part.output)?.value));
      const text = input.parts
        .map((part, index) => String(values[index] ?? (typeof part === 'string' ? part : `${nameOf(part.step)} · ${part.output}`)))
        .join('');
      return [values.includes(undefined) ? notKnown(name, text) : said('parameter', name, text)];
    }
    case 'absent':
      return [];
  }
}

/** A value that is not there, or not yet. */
const notKnown = (name: string, text: string, identity: string | null = null): Ingredient => ({ ...said('parameter', name, text), identity });

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

function ofControl({ control }: ResolvedStep, { nameOf }: Reading): Ingredient[] {
  if (control === undefined) return [];
  const { when, retry, timeoutMs, forEach, repeat, sweep } = control;
  const parts: readonly (readonly [string, unknown])[] = [
    ['condition', when === null ? null : rewriteBindings(when, (binding) => ('step' in binding ? { ...binding, step: nameOf(binding.step) } : binding))],
    ['retries', retry?.count ?? null],
    ['timeout (s)', timeoutMs === null ? null : timeoutMs / 1000],
    ['loop', forEach?.items.kind === 'output' ? { ...forEach, items: { ...forEach.items, step: nameOf(forEach.items.step) } } : forEach],
    ['rounds', repeat ?? null],
    ['sweep', sweep ?? null],
  ];
  return parts.flatMap(([name, value]) => (value === null ? [] : [said('setting', name, typeof value === 'string' ? value : canonicalJson(value))]));
}
