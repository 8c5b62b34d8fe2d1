import { controlStepLinks } from '../azure/control-steps.ts';
import { adjacencyOf } from '../graph/adjacency.ts';
import { classifyInput } from '../pipeline/classify-input.ts';
import { renameInControl } from '../pipeline/control-references.ts';
import { filledOutput, withoutBinding } from '../pipeline/filled-output.ts';
import type { StepInput, StepOutput } from '../pipeline/input-value.ts';
import type { Position } from '../pipeline/layout.ts';
import { makeStepKey } from '../pipeline/make-step-key.ts';
import { asInstead, bindingsOfStep, mapBindings, type BindingInStep, type Instead } from '../pipeline/map-bindings.ts';
import { asRelative, namedPaths, plainPath, withValues } from '../pipeline/named-paths.ts';
import { pipelineInputValue } from '../pipeline/pipeline-input-value.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { dependenciesOf } from '../pipeline/step-control.ts';
import { componentOf, type Step } from '../pipeline/step.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';
import { freeName } from './free-name.ts';
import { stepChanges } from './step-changes.ts';

export interface Unpacking {
  readonly key: string;
  /** The graph of the pipeline that the step is. */
  readonly inner: DraftContent;
  /** What goes before a relative path in it, so that it leads there from the draft's folder too: empty, `sub/`, `/a/folder/`. */
  readonly prefix: string;
  /** Where what stands at a place in it is to stand. */
  readonly place: (inside: Position) => Position;
}

export type Unpacked =
  /** `keys`: the new steps, by the keys they had inside. */
  { readonly ok: true; readonly ops: readonly DraftOp[]; readonly keys: ReadonlyMap<string, string> } | { readonly ok: false; readonly message: string };

/** Puts the steps of a pipeline in the place of the step that it is: the inverse of cutting them out. */
export function unpackStep(content: DraftContent, unpacking: Unpacking): Unpacked {
  const { document } = content;
  const { key, inner } = unpacking;
  const step = document.jobs[key];
  if (!step) return { ok: false, message: `There is no step ${key}.` };
  const refused = whyNotUnpacked(document, key);
  if (refused !== null) return { ok: false, message: refused };
  const keys = freshKeys(document, key, inner.document);
  const local = inPlace(inner.document, unpacking.prefix);
  const order = Object.keys(document.jobs);
  const next = order[order.indexOf(key) + 1];
  const added: DraftOp[] = [];
  for (const [innerKey, innerStep] of Object.entries(local.jobs)) {
    const unpacked = outerForm(innerStep, { innerKey, around: step, inner: local, keys });
    if (!unpacked)
      return {
        ok: false,
        message: `${innerStep.display_name ?? innerKey} writes into a text what ${titleOf(document, key)} is given as data: unpack it by hand.`,
      };
    const position = unpacking.place(inner.layout.steps[innerKey] ?? { x: 0, y: 0 });
    added.push({ op: 'step.add', step: keys.get(innerKey) ?? innerKey, value: unpacked, position, ...(next === undefined ? {} : { before: next }) });
  }
  const rewired: DraftOp[] = [];
  for (const [other, value] of Object.entries(document.jobs)) {
    if (other === key) continue;
    const changed = outerReader(value, { key, around: step, inner: local, keys });
    if (!changed) return { ok: false, message: `${titleOf(document, other)} reads what ${titleOf(document, key)} was given inside a text: unpack it by hand.` };
    rewired.push(...stepChanges(other, value, changed));
  }
  return {
    ok: true,
    ops: [{ op: 'step.remove', step: key }, ...added, ...rewired, ...notesOf(content, unpacking), ...groupsOf(content, unpacking, keys)],
    keys,
  };
}

const titleOf = (document: Pipeline, key: string): string => document.jobs[key]?.display_name ?? key;

function whyNotUnpacked(document: Pipeline, key: string): string | null {
  const title = titleOf(document, key);
  const step = document.jobs[key];
  if (step?.for_each !== undefined || step?.repeat !== undefined) return `${title} is a loop: its steps can only stand inside it.`;
  const asker = Object.entries(document.jobs).find(([, other]) =>
    bindingsOfStep(other).some(({ binding }) => binding.source === 'step-status' && binding.step === key),
  );
  if (asker) return `The condition of ${titleOf(document, asker[0])} asks what became of ${title}: only one step can be asked.`;
  const role = (['on_init', 'on_finalize'] as const).find((each) => document.settings[each] === key);
  if (role !== undefined) return `${title} is the step that runs ${role === 'on_init' ? 'first' : 'last'}, and that is one step.`;
  const link = controlStepLinks(document.jobs).find(({ from, to }) => from === key || to === key);
  return link ? `${titleOf(document, link.from === key ? link.to : link.from)} has a hold of ${title}: take it out of there first.` : null;
}

/** Their own keys where those are free. */
function freshKeys(document: Pipeline, key: string, inner: Pipeline): Map<string, string> {
  const outside = new Set(Object.keys(document.jobs).filter((other) => other !== key));
  const taken: Record<string, unknown> = Object.fromEntries([...outside, ...Object.keys(inner.jobs)].map((other) => [other, true]));
  return new Map(
    Object.keys(inner.jobs).map((own): [string, string] => {
      if (!outside.has(own)) return [own, own];
      const free = makeStepKey(own, taken);
      taken[free] = true;
      return [own, free];
    }),
  );
}

/** The paths in it as they lead there from the draft. */
export function inPlace(inner: Pipeline, prefix: string): Pipeline {
  if (prefix === '') return inner;
  const changes = namedPaths(inner)
    .filter(({ value }) => !plainPath(value).startsWith('/'))
    .map(({ at, value }) => ({ at, value: asRelative(`${prefix}${plainPath(value).replace(/^\.\//, '')}`) }));
  return withValues(inner, changes);
}

interface Within {
  readonly around: Step;
  readonly inner: Pipeline;
  readonly keys: ReadonlyMap<string, string>;
}

/** A step of the inner pipeline as it stands in the outer one; null where that cannot be written. */
function outerForm(step: Step, { innerKey, around, inner, keys }: Within & { readonly innerKey: string }): Step | null {
  const renamed = [...keys].reduce((current, [from, to]) => (from === to ? current : { ...current, ...renameInControl(current, from, to) }), step);
  const mapped = mapBindings(renamed, (found) => {
    const { binding } = found;
    if (binding.source === 'pipeline-input') return insteadOfGiven(found, binding.name, { around, inner });
    const to = 'step' in binding ? keys.get(binding.step) : undefined;
    return to === undefined || !('step' in binding) || to === binding.step ? null : { binding: { ...binding, step: to } };
  });
  if (!mapped.ok) return null;
  const outputs = Object.entries(step.outputs).flatMap(([name, said]): [string, StepOutput][] => {
    const fills = filledOutput(said);
    if (fills === null) return [[name, said]];
    const next = saidTogether(said, around.outputs[fills]);
    // A step without a component has the outputs that it names.
    return next === null && componentOf(step) !== undefined ? [] : [[name, next]];
  });
  return { ...mapped.step, outputs: Object.fromEntries(outputs), ...controlOf(mapped.step, innerKey, { around, inner, keys }) };
}

/** What the pipeline was given for an input, else what it takes by itself. */
function insteadOfGiven(found: BindingInStep, name: string, { around, inner }: Pick<Within, 'around' | 'inner'>): Instead {
  const given: StepInput | undefined = Object.hasOwn(around.inputs, name) ? around.inputs[name] : undefined;
  if (classifyInput(given).kind !== 'absent') return asInstead(given, found);
  const { value } = pipelineInputValue(Object.hasOwn(inner.inputs, name) ? inner.inputs[name] : undefined);
  return { value: value === null ? undefined : value.kind === 'literal' ? value.value : value.reference };
}

function saidTogether(inside: StepOutput | undefined, outside: StepOutput | undefined): StepOutput {
  const own = withoutBinding(inside);
  if (outside === undefined || outside === null) return own;
  if (typeof outside === 'string') return own === null ? outside : { ...own, path: outside };
  return { ...own, ...outside };
}

/** What holds for the pipeline as a whole holds for each step of it; its order for those that begin in it. */
function controlOf(step: Step, innerKey: string, { around, inner }: Within): Partial<Step> {
  const isFirst = (adjacencyOf(inner).above.get(innerKey) ?? []).length === 0;
  const before = isFirst ? dependenciesOf(around) : [];
  const own = dependenciesOf(step);
  const { when, compute, reuse } = around;
  return {
    ...(before.length > 0 ? { depends_on: [...new Set([...own, ...before])] } : {}),
    ...(when === undefined ? {} : { when: step.when === undefined ? when : `(${when}) && (${step.when})` }),
    ...(compute !== undefined && step.compute === undefined ? { compute } : {}),
    ...(reuse !== undefined && step.reuse === undefined ? { reuse } : {}),
  };
}

/** A step of the outer pipeline, reading the steps that were inside; null where that cannot be written. */
function outerReader(step: Step, { key, around, inner, keys }: Within & { readonly key: string }): Step | null {
  const mapped = mapBindings(step, (found) => {
    const { binding } = found;
    if (!('step' in binding) || binding.step !== key) return null;
    if (binding.source === 'step-input') return insteadOfGiven(found, binding.name, { around, inner });
    if (binding.source !== 'step-output') return null;
    const source = sourceInside(inner, binding.name);
    return source && { binding: { source: 'step-output', step: keys.get(source.step) ?? source.step, name: source.output } };
  });
  if (!mapped.ok) return null;
  const after = dependenciesOf(step);
  if (!after.includes(key)) return mapped.step;
  const { below } = adjacencyOf(inner);
  const last = [...keys].flatMap(([own, to]) => ((below.get(own) ?? []).length === 0 ? [to] : []));
  return { ...mapped.step, depends_on: [...new Set(after.flatMap((other) => (other === key ? last : [other])))] };
}

function sourceInside(inner: Pipeline, output: string): { readonly step: string; readonly output: string } | null {
  for (const [step, { outputs }] of Object.entries(inner.jobs))
    for (const [name, said] of Object.entries(outputs)) if (filledOutput(said) === output) return { step, output: name };
  return null;
}

function notesOf({ layout }: DraftContent, { inner, place }: Unpacking): DraftOp[] {
  const ids = freeIds(layout.notes, inner.layout.notes);
  return Object.entries(inner.layout.notes).map(([id, note]) => ({ op: 'note.set', note: ids.get(id) ?? id, value: { ...note, ...place(note) } }));
}

/** For each of what comes in an id that nothing has: its own where that is free. */
function freeIds(there: Readonly<Record<string, unknown>>, coming: Readonly<Record<string, unknown>>): Map<string, string> {
  const taken = new Set(Object.keys(there));
  return new Map(
    Object.keys(coming).map((id): [string, string] => {
      const free = freeName(id, taken);
      taken.add(free);
      return [id, free];
    }),
  );
}

/** Groups of the inner pipeline come along; one that the step was in takes its steps. */
function groupsOf({ layout }: DraftContent, { key, inner }: Unpacking, keys: ReadonlyMap<string, string>): DraftOp[] {
  const ids = freeIds(layout.groups, inner.layout.groups);
  const came = Object.entries(inner.layout.groups).map(([id, group]): DraftOp => ({
    op: 'group.set',
    group: ids.get(id) ?? id,
    value: { ...group, steps: group.steps.flatMap((own) => keys.get(own) ?? []) },
  }));
  const around = Object.entries(layout.groups).flatMap(([group, value]): DraftOp[] =>
    value.steps.includes(key)
      ? [{ op: 'group.set', group, value: { ...value, steps: value.steps.flatMap((other) => (other === key ? [...keys.values()] : [other])) } }]
      : [],
  );
  return [...came, ...around];
}
