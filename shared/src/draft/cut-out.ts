import { controlStepLinks } from '../azure/control-steps.ts';
import type { ComponentLookup } from '../component/component-interface.ts';
import { formatBinding, type Binding } from '../expressions/binding.ts';
import { adjacencyOf } from '../graph/adjacency.ts';
import { downstreamOf, upstreamOf } from '../graph/reachable-from.ts';
import { classifyInput } from '../pipeline/classify-input.ts';
import { boundOutput, filledOutput, withoutBinding } from '../pipeline/filled-output.ts';
import type { StepInput, StepOutput } from '../pipeline/input-value.ts';
import { emptyLayout, type Layout } from '../pipeline/layout.ts';
import { bindingsOfStep, mapBindings, type BindingInStep } from '../pipeline/map-bindings.ts';
import { isLocalPath } from '../pipeline/named-paths.ts';
import { emptyPipeline, type Pipeline } from '../pipeline/pipeline.ts';
import { dependenciesOf } from '../pipeline/step-control.ts';
import { interfaceOf } from '../pipeline/step-interface.ts';
import type { Step } from '../pipeline/step.ts';
import { isScalarType } from '../component/port-type.ts';
import type { DraftContent } from './draft-op.ts';
import { freeName } from './free-name.ts';
import { nameInputs, typedInput, typedOutput, type InputReader } from './sub-interface.ts';

/** What a sub-pipeline is to be given: its declaration is in the document that was cut out. */
export interface CutInput {
  readonly name: string;
  /** What the step of the sub-pipeline is given there. */
  readonly value: StepInput;
}

/** What comes out of a sub-pipeline, and from where in it. */
export interface CutOutput {
  readonly name: string;
  readonly step: string;
  readonly output: string;
  /** What the step of the sub-pipeline says of it: the output of the pipeline that it fills, where it lies, how it is registered. */
  readonly said: StepOutput | undefined;
}

/** Steps taken out of a pipeline as a pipeline of their own. */
export interface Cut {
  /** In document order. */
  readonly keys: readonly string[];
  readonly content: DraftContent;
  readonly inputs: readonly CutInput[];
  readonly outputs: readonly CutOutput[];
}

export type CutResult =
  | { readonly ok: true; readonly cut: Cut }
  /** `also`: with these steps it could be done. */
  | { readonly ok: false; readonly message: string; readonly also: readonly string[] };

/**
 * Cuts steps out: what they read from outside becomes inputs, what is read of them outside, or fills an output of the
 * pipeline, becomes outputs. Data that lies beside the draft is given from outside too, so that the sub-pipeline does not
 * hang on one folder. Nothing is changed; `extractOps` puts the one step in their place.
 */
export function cutOut({ document, layout }: DraftContent, components: ComponentLookup, selected: ReadonlySet<string>): CutResult {
  const keys = Object.keys(document.jobs).filter((key) => selected.has(key));
  const refused = whyNotCut(document, keys);
  if (refused) return { ok: false, ...refused };
  const scope = { document, components };
  const given = new Given();
  for (const key of keys) given.collect(key, scope, selected);
  const names = nameInputs([...given.readers.values()]);
  const nameOf = (text: string): string => names.get(text) ?? text;
  const outputs = outputsOfCut(document, keys);
  const jobs = keys.map((key): [string, Step] => [key, innerStep(key, { ...scope, selected, nameOf, outputs })]);
  const inner: Pipeline = {
    ...emptyPipeline(''),
    inputs: Object.fromEntries([...given.readers.values()].map((reader) => [nameOf(reader.text), typedInput(reader, scope)])),
    outputs: Object.fromEntries(outputs.map(({ name, step, output }) => [name, typedOutput(scope, step, output)])),
    jobs: Object.fromEntries(jobs),
  };
  const inputs = [...given.readers.values()].map(({ text, value }) => ({ name: nameOf(text), value }));
  return { ok: true, cut: { keys, content: { document: inner, layout: innerLayout(layout, keys) }, inputs, outputs } };
}

type Refused = Omit<Extract<CutResult, { ok: false }>, 'ok'>;

function whyNotCut(document: Pipeline, keys: readonly string[]): Refused | null {
  const selected = new Set(keys);
  const titleOf = (key: string): string => document.jobs[key]?.display_name ?? key;
  if (keys.length === 0) return { message: 'Select the steps that are to become a sub-pipeline.', also: [] };
  const above = upstreamOf(document, selected);
  const between = [...downstreamOf(document, selected)].filter((key) => above.has(key) && !selected.has(key));
  const [first] = between;
  if (first !== undefined) {
    const { above: sources, below: readers } = adjacencyOf(document);
    const near = (neighbours: readonly string[] | undefined): string => titleOf(neighbours?.find((key) => selected.has(key)) ?? keys[0] ?? '');
    const words = `${titleOf(first)} stands between them: it needs what ${near(sources.get(first))} puts out, and ${near(readers.get(first))} waits for it. Select it as well.`;
    return { message: words, also: between };
  }
  for (const role of ['on_init', 'on_finalize'] as const) {
    const key = document.settings[role];
    if (key !== undefined && selected.has(key))
      return { message: `${titleOf(key)} is the step that runs ${role === 'on_init' ? 'first' : 'last'}: it stays in the pipeline.`, also: [] };
  }
  const link = controlStepLinks(document.jobs).find(({ from, to }) => selected.has(from) !== selected.has(to));
  if (link) {
    const missing = selected.has(link.from) ? link.to : link.from;
    return { message: `${titleOf(link.from)} and ${titleOf(link.to)} belong together: select both.`, also: [missing] };
  }
  return whyNotAsked(document, selected, titleOf);
}

/** What became of a step can only be asked in the pipeline that it is in; the same goes for a text made of what it is given. */
function whyNotAsked(document: Pipeline, selected: ReadonlySet<string>, titleOf: (key: string) => string): Refused | null {
  for (const [key, step] of Object.entries(document.jobs)) {
    for (const found of bindingsOfStep(step)) {
      const { binding } = found;
      if (!('step' in binding) || selected.has(binding.step) === selected.has(key)) continue;
      const other = selected.has(key) ? binding.step : key;
      if (binding.source === 'step-status')
        return { message: `The condition of ${titleOf(key)} asks what became of ${titleOf(binding.step)}: select both, or neither.`, also: [other] };
      const content = binding.source === 'step-input' && selected.has(binding.step) ? classifyInput(document.jobs[binding.step]?.inputs[binding.name]) : null;
      if (content && (content.kind === 'template' || content.kind === 'absent' || (!found.isWhole && content.kind !== 'literal')))
        return { message: `${titleOf(key)} reads what ${titleOf(binding.step)} was given for ${binding.name}: select both, or neither.`, also: [other] };
    }
  }
  return null;
}

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

/** Everything that the steps read from outside, each once, by the text that stands for it. */
class Given {
  readonly readers = new Map<string, InputReader>();

  collect(key: string, { document, components }: Scope, selected: ReadonlySet<string>): void {
    const step = document.jobs[key];
    if (!step) return;
    const ports = interfaceOf(key, document, components);
    for (const found of bindingsOfStep(step)) {
      if (isOutside(found.binding, selected)) this.#add(formatBinding(found.binding), { key, found, value: formatBinding(found.binding) });
    }
    for (const [input, value] of Object.entries(step.inputs)) {
      const type = ports?.inputs[input]?.type;
      if (isLocalData(value, type === undefined || isScalarType(type)))
        this.#add(localText(key, input), { key, found: { binding: null, input, isWhole: true }, value });
    }
  }

  #add(text: string, { key, found, value }: Added): void {
    const known = this.readers.get(text);
    const place = { step: key, input: found.isWhole ? found.input : null };
    this.readers.set(text, { text, binding: found.binding, value, places: [...(known?.places ?? []), place] });
  }
}

interface Added {
  readonly key: string;
  readonly found: Pick<BindingInStep, 'input' | 'isWhole'> & { readonly binding: Binding | null };
  readonly value: StepInput;
}

const isOutside = (binding: Binding, selected: ReadonlySet<string>): boolean =>
  binding.source === 'pipeline-input' || ('step' in binding && !selected.has(binding.step));

const localText = (step: string, input: string): string => `data ${step} ${input}`;

/** Data that is named by where it lies on this machine; a plain text only where the input takes data. */
function isLocalData(value: StepInput, isText: boolean): boolean {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return false;
  if (typeof value === 'string') return !isText && isLocalPath(value);
  return isLocalPath(value.path);
}

/** The outputs that are seen outside, in document order. */
function outputsOfCut(document: Pipeline, keys: readonly string[]): CutOutput[] {
  const selected = new Set(keys);
  const read = new Set<string>();
  for (const [key, step] of Object.entries(document.jobs)) {
    if (selected.has(key)) continue;
    for (const { binding } of bindingsOfStep(step)) for (const place of outputsBehind(document, binding, selected)) read.add(place);
  }
  const taken = new Set<string>();
  return keys.flatMap((step) => {
    const said = document.jobs[step]?.outputs ?? {};
    const names = new Set([...Object.keys(said).filter((name) => boundOutput(said[name]) !== null), ...namesRead(read, step)]);
    return [...names].map((output): CutOutput => {
      const fills = filledOutput(said[output]);
      const wished = (fills ?? output).replaceAll('.', '_');
      const name = freeName(taken.has(wished) ? `${step}_${wished}` : wished, taken);
      taken.add(name);
      return { name, step, output, said: saidOutside(said[output]) };
    });
  });
}

const namesRead = (read: ReadonlySet<string>, step: string): string[] =>
  [...read].flatMap((place) => (place.startsWith(`${step} `) ? [place.slice(step.length + 1)] : []));

/** The output that a binding from outside reads, through what an inner step was given if need be. */
function outputsBehind(document: Pipeline, binding: Binding, selected: ReadonlySet<string>): string[] {
  if (!('step' in binding) || !selected.has(binding.step)) return [];
  if (binding.source === 'step-output') return [`${binding.step} ${binding.name}`];
  if (binding.source !== 'step-input') return [];
  const content = classifyInput(document.jobs[binding.step]?.inputs[binding.name]);
  return content.kind === 'binding' ? outputsBehind(document, content.binding, selected) : [];
}

/** What is bound, or has a place of its own, is said by the step of the sub-pipeline from now on. */
function saidOutside(said: StepOutput | undefined): StepOutput | undefined {
  if (said === undefined || said === null) return undefined;
  const fills = boundOutput(said);
  if (fills !== null) return fills;
  return typeof said === 'object' && said.path !== undefined ? said : undefined;
}

interface InnerScope extends Scope {
  readonly selected: ReadonlySet<string>;
  readonly nameOf: (text: string) => string;
  readonly outputs: readonly CutOutput[];
}

/** The step as it stands in the sub-pipeline. */
function innerStep(key: string, { document, components, selected, nameOf, outputs }: InnerScope): Step {
  const step = document.jobs[key];
  if (!step) throw new Error(`Internal error: expected a step ${key}`);
  const mapped = mapBindings(step, ({ binding }) =>
    isOutside(binding, selected) ? { binding: { source: 'pipeline-input', name: nameOf(formatBinding(binding)) } } : null,
  );
  if (!mapped.ok) throw new Error('Internal error: expected a binding to take the place of a binding');
  const ports = interfaceOf(key, document, components);
  const inputs = Object.entries(mapped.step.inputs).map(([input, value]): [string, StepInput] => {
    const type = ports?.inputs[input]?.type;
    const isGiven = isLocalData(value, type === undefined || isScalarType(type));
    return [input, isGiven ? formatBinding({ source: 'pipeline-input', name: nameOf(localText(key, input)) }) : value];
  });
  const bound = outputs
    .filter((output) => output.step === key)
    .map(({ name, output }): [string, StepOutput] => [output, innerOutput(step.outputs[output], formatBinding({ source: 'pipeline-output', name }))]);
  const { depends_on: _order, ...rest } = mapped.step;
  const after = dependenciesOf(step).filter((other) => selected.has(other));
  return {
    ...rest,
    ...(after.length > 0 ? { depends_on: after } : {}),
    inputs: Object.fromEntries(inputs),
    outputs: { ...step.outputs, ...Object.fromEntries(bound) },
  };
}

function innerOutput(said: StepOutput | undefined, binding: string): StepOutput {
  const rest = withoutBinding(said);
  if (rest === null) return binding;
  // What has a place is placed from outside; its type stays with it.
  if (rest.path !== undefined) return rest.type === undefined ? binding : { type: rest.type, path: binding };
  return { ...rest, path: binding };
}

/** From the corner of what is cut out; groups that lie in it whole go along. */
function innerLayout(layout: Layout, keys: readonly string[]): Layout {
  const placed = keys.flatMap((key) => (Object.hasOwn(layout.steps, key) ? [[key, layout.steps[key] ?? { x: 0, y: 0 }] as const] : []));
  const [left, top] = [Math.min(...placed.map(([, { x }]) => x)), Math.min(...placed.map(([, { y }]) => y))];
  return {
    ...emptyLayout,
    steps: Object.fromEntries(placed.map(([key, { x, y }]) => [key, { x: x - left, y: y - top }])),
    groups: Object.fromEntries(Object.entries(layout.groups).filter(([, { steps }]) => steps.length > 0 && steps.every((key) => keys.includes(key)))),
  };
}
