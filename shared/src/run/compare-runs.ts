import { comparePipelines } from '../draft/compare-pipelines.ts';
import { contentOf, type DraftContent } from '../draft/draft-op.ts';
import { edgeId, edgesInto } from '../graph/edges-of.ts';
import type { RunSnapshot } from './run-snapshot.ts';
import { type Ingredient, type IngredientKind, type IngredientValue, ingredientsOf } from './step-ingredients.ts';
import type { StepRun } from './step-run.ts';

export interface RunToCompare {
  readonly id: string;
  readonly snapshot: RunSnapshot;
  readonly steps: readonly StepRun[];
}

/** How a step stands against the first run. `affected`: it is what it was, and reads other data. */
export type ComparedStanding = 'same' | 'changed' | 'affected' | 'added' | 'removed';

/** One ingredient over all runs; null where a run has none. */
export interface ComparedValue {
  readonly kind: IngredientKind;
  readonly name: string;
  readonly values: readonly (IngredientValue | null)[];
  /** Of each run, whether it has another than the first. */
  readonly differs: readonly boolean[];
  /** Of each run, whether it has another than the run before it. */
  readonly isNew: readonly boolean[];
}

export interface ComparedRunStep {
  /** As the first run that has it calls it. */
  readonly key: string;
  readonly title: string;
  readonly family: string | null;
  /** Its key in each run; null where it is not in the run. */
  readonly keys: readonly (string | null)[];
  readonly standing: ComparedStanding;
  /** Of each run, whether it has the step otherwise than the first: not at all, or with other ingredients. */
  readonly differs: readonly boolean[];
  readonly values: readonly ComparedValue[];
}

export interface RunsComparison {
  /** Those of the first run in its order, then those that others have besides. */
  readonly steps: readonly ComparedRunStep[];
  /** The pipelines of the runs, in their order, with every step under the key of the first run that has it. */
  readonly contents: readonly DraftContent[];
  /** Edges by their id that the first run does not have, and that only it, or not every other run, has. */
  readonly addedEdges: ReadonlySet<string>;
  readonly removedEdges: ReadonlySet<string>;
}

/**
 * What is different between runs, all against the first. Steps are matched by key, renamed ones by what they are
 * (`comparePipelines`); values are those that the runs really used, data is told apart by its content.
 *
 * @param runs at least one
 */
export function compareRuns(runs: readonly RunToCompare[]): RunsComparison {
  const matched = matchSteps(runs);
  const contents = matched.map(({ content }) => content);
  const [inFirst = new Map<string, string>(), ...others] = contents.map(({ document }) => readersOf(document));
  const added = new Map(others.flatMap((edges) => [...edges].filter(([edge]) => !inFirst.has(edge))));
  const removed = new Map([...inFirst].filter(([edge]) => others.some((edges) => !edges.has(edge))));
  const rewired = new Set([...added.values(), ...removed.values()]);
  return {
    steps: stepKeysOf(matched, runs).map((key) => compareStep(key, { runs, matched, rewired })),
    contents,
    addedEdges: new Set(added.keys()),
    removedEdges: new Set(removed.keys()),
  };
}

interface Matched {
  readonly content: DraftContent;
  /** The key of a step in the comparison → its key in the run. */
  readonly ownKey: (key: string) => string;
  readonly comparedKey: (own: string) => string;
}

/** Each run with its steps under the keys that the first run has for them. */
function matchSteps(runs: readonly RunToCompare[]): Matched[] {
  const [first] = runs;
  return runs.map(({ snapshot }, index) => {
    const content = contentOf(snapshot);
    const identity = (key: string): string => key;
    if (!first || index === 0) return { content, ownKey: identity, comparedKey: identity };
    // Seen as what was before the first run: its keys are then those of the first.
    const { before, steps } = comparePipelines(content, contentOf(first.snapshot), { ignoresLayout: true });
    const own = new Map(steps.flatMap(({ key, renamedFrom }): [string, string][] => (renamedFrom === null ? [] : [[key, renamedFrom]])));
    const compared = new Map([...own].map(([key, old]) => [old, key]));
    return { content: before, ownKey: (key) => renamedBy(own, key), comparedKey: (key) => renamedBy(compared, key) };
  });
}

/** A step of a nested pipeline goes with the step that the pipeline is. */
function renamedBy(names: ReadonlyMap<string, string>, key: string): string {
  const [outer = '', ...inner] = key.split('/');
  return [names.get(outer) ?? outer, ...inner].join('/');
}

/** Each edge by its id, with the step that it leads to. */
const readersOf = ({ jobs }: DraftContent['document']): ReadonlyMap<string, string> =>
  new Map(Object.entries(jobs).flatMap(([key, step]) => edgesInto(key, step).map((edge): [string, string] => [edgeId(edge), key])));

const stepKeysOf = (matched: readonly Matched[], runs: readonly RunToCompare[]): string[] => [
  ...new Set(runs.flatMap(({ snapshot }, index) => Object.keys(snapshot.steps).map((key) => matched[index]?.comparedKey(key) ?? key))),
];

interface Compared {
  readonly runs: readonly RunToCompare[];
  readonly matched: readonly Matched[];
  /** Steps that do not read in every run what they read in the first. */
  readonly rewired: ReadonlySet<string>;
}

function compareStep(key: string, { runs, matched, rewired }: Compared): ComparedRunStep {
  const keys = runs.map(({ snapshot }, index) => {
    const own = matched[index]?.ownKey(key) ?? key;
    return Object.hasOwn(snapshot.steps, own) ? own : null;
  });
  const perRun = runs.map((run, index) => {
    const own = keys[index] ?? null;
    return own === null ? null : namedIngredients(run, own, matched[index]?.comparedKey ?? ((step) => step));
  });
  const names = [...new Set(perRun.flatMap((ingredients) => (ingredients ? [...ingredients.keys()] : [])))];
  const values = names.map((name) => compareValue(perRun.map((ingredients) => ingredients?.get(name) ?? null)));
  const isInFirst = (keys[0] ?? null) !== null;
  const differs = keys.map((own, index) => (own !== null) !== isInFirst || (own !== null && values.some((value) => value.differs[index] === true)));
  const at = keys.findIndex((own) => own !== null);
  const resolved = runs[at]?.snapshot.steps[keys[at] ?? ''];
  return {
    key,
    title: resolved?.displayName ?? key,
    family: resolved?.component['x-pipewright']?.family ?? null,
    keys,
    standing: standingOf(keys, values, rewired.has(key)),
    differs,
    values,
  };
}

function standingOf(keys: readonly (string | null)[], values: readonly ComparedValue[], isRewired: boolean): ComparedStanding {
  const [first, ...others] = keys;
  if (first === null) return 'added';
  if (others.length > 0 && others.every((key) => key === null)) return 'removed';
  if (isRewired) return 'changed';
  const differing = values.filter((value) => value.differs.some((differs, index) => differs && keys[index] !== null));
  if (differing.length === 0) return 'same';
  return differing.every(({ kind, values: those }) => kind === 'data' && isReadFromOne(those)) ? 'affected' : 'changed';
}

/** It is read from the same place everywhere: what is different lies above it. */
const isReadFromOne = (values: readonly (IngredientValue | null)[]): boolean =>
  new Set(values.flatMap((value) => (value?.kind === 'data' ? [value.source] : []))).size === 1;

function namedIngredients({ snapshot, steps }: RunToCompare, key: string, nameOf: (own: string) => string): ReadonlyMap<string, Ingredient> {
  const step = snapshot.steps[key];
  const artifactOf = (source: string, output: string) => {
    const run = steps.find((candidate) => candidate.key === source);
    return run && 'outputs' in run ? (run.outputs[output] ?? null) : null;
  };
  return new Map((step ? ingredientsOf(step, { artifactOf, nameOf }) : []).map((ingredient) => [`${ingredient.kind} ${ingredient.name}`, ingredient]));
}

function compareValue(ingredients: readonly (Ingredient | null)[]): ComparedValue {
  // Absent is something else than present; what is not known is the same as everything.
  const identities = ingredients.map((ingredient) => (ingredient === null ? 'absent' : ingredient.identity === null ? null : `is ${ingredient.identity}`));
  const isOther = (a: string | null | undefined, b: string | null | undefined): boolean => a !== b && a !== null && b !== null;
  const one = ingredients.find((ingredient) => ingredient !== null);
  return {
    kind: one?.kind ?? 'setting',
    name: one?.name ?? '',
    values: ingredients.map((ingredient) => ingredient?.value ?? null),
    differs: identities.map((identity) => isOther(identity, identities[0])),
    isNew: identities.map((identity, index) => index > 0 && isOther(identity, identities[0]) && (index === 1 || isOther(identity, identities[index - 1]))),
  };
}
