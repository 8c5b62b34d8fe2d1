import type { ComponentInterface, ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import { isInRegistry, parseComponentReference } from '@pipewright/shared/component/component-reference.ts';
import type { Family } from '@pipewright/shared/component/family.ts';
import { itemsOfLoop } from '@pipewright/shared/azure/control-steps.ts';
import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import type { Aside } from '@pipewright/shared/graph/set-aside.ts';
import { pinOf } from '@pipewright/shared/pipeline/step-aside.ts';
import { edgesInto } from '@pipewright/shared/graph/edges-of.ts';
import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import { boundOutput } from '@pipewright/shared/pipeline/filled-output.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { inputsOf } from '@pipewright/shared/pipeline/step-inputs.ts';
import { componentOf, componentReferenceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { countOf } from '../ui/format/number.ts';
import type { PortSide } from './geometry.ts';
import { loopAround } from './control-links.ts';
import { itemNounOf, type ItemNoun } from './item-noun.ts';
import { newerComponent } from './newer-component.ts';
import { marksOf, type StepMark } from './step-marks.tsx';

/** A port as it is drawn. */
export interface PortView {
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  readonly side: PortSide;
  /** Null when nothing says it: the component is unknown, or has no such port (any more). */
  readonly type: PortType | null;
  readonly kind: string | undefined;
  /** Of an input: types that it takes besides its own. */
  readonly accepts?: readonly PortType[] | undefined;
  readonly isConnected: boolean;
  readonly isOptional: boolean;
  /** A binding names a port or a step that does not exist (any more): drawn broken until the user acts. */
  readonly isBroken: boolean;
}

/** Everything of a node that stands in the document. */
export interface StepView {
  readonly key: string;
  readonly title: string;
  /** Component, and the value that tells this use of it from others. */
  readonly subtitle: string;
  readonly family: Family;
  readonly icon: string | undefined;
  /** `Split Data 1.3`: what stands in the strip before there is a run or a plan. */
  readonly version: string;
  readonly inputs: readonly PortView[];
  readonly outputs: readonly PortView[];
  /** The component that the step names is not known here. */
  readonly isMissing: boolean;
  /** And it lies in a registry of Azure: nothing is wrong with it, it is kept as it is written. */
  readonly isElsewhere: boolean;
  /** What it consists of if it is a loop. */
  readonly itemNoun: ItemNoun;
  /** The loop that does the work of this step; null: it is a step of its own. */
  readonly loop: string | null;
  readonly marks: readonly StepMark[];
  /** It is not run, and why; null: it is. */
  readonly aside: StepAside | null;
  /** The run whose result it takes; null: it is run. */
  readonly pinnedTo: string | null;
  /** It is a pipeline of its own, which can be opened. */
  readonly isPipeline: boolean;
}

/** `text`: why, where it is not the step itself that says so. */
export interface StepAside {
  readonly kind: Aside['kind'];
  readonly text: string;
}

export interface StepViewOptions {
  readonly aside?: StepAside | null;
  /** Names of this step's outputs that something reads. */
  readonly readOutputs: ReadonlySet<string>;
  /** While a scalar output is being wired, parameters show as ports too. */
  readonly areScalarsShown: boolean;
}

interface Scope {
  readonly document: Pipeline;
  readonly components: ComponentLookup;
}

export function stepView(key: string, { document, components }: Scope, options: StepViewOptions): StepView {
  const step = document.jobs[key];
  if (!step) throw new Error(`Internal error: expected a step ${key}`);
  const ports = interfaceOf(key, document, components);
  const reference = componentReferenceOf(step);
  const extension = ports?.['x-pipewright'];
  const isPipeline = ports?.type === 'pipeline';
  const isUnknown = reference !== null && !Object.hasOwn(components, reference);
  return {
    key,
    title: step.display_name ?? ports?.display_name ?? key,
    subtitle: subtitleOf(step, ports),
    family: extension?.family ?? 'other',
    icon: extension?.icon ?? (isPipeline ? 'sitemap' : undefined),
    version: [...innerSteps(reference === null ? undefined : components[reference]), versionOf(step, ports)].join(' · '),
    inputs: inputPorts(key, step, { ports, document, areScalarsShown: options.areScalarsShown }),
    outputs: outputPorts(step, ports, options.readOutputs),
    isMissing: ports === undefined || isUnknown,
    isElsewhere: isUnknown && isInRegistry(reference),
    itemNoun: itemNounOf(step),
    loop: loopAround(key, document.jobs),
    aside: options.aside ?? null,
    pinnedTo: pinOf(key, step)?.run ?? null,
    marks: marksOf(step, { key, document, isPipeline, newer: newerComponent(step, components)?.version }),
    isPipeline,
  };
}

interface InputScope {
  readonly ports: ComponentInterface | undefined;
  readonly document: Pipeline;
  readonly areScalarsShown: boolean;
}

/** Data inputs always; parameters when a step's output feeds them, or while one could be wired to them. */
function inputPorts(key: string, step: Step, { ports, document, areScalarsShown }: InputScope): PortView[] {
  const edges = edgesInto(key, step);
  const fed = new Set(edges.map(({ to }) => to.input));
  const orphaned = new Set(edges.filter(({ from }) => !Object.hasOwn(document.jobs, from.step)).map(({ to }) => to.input));
  const views = Object.entries(ports?.inputs ?? {}).flatMap(([name, definition]): PortView[] => {
    if (isScalarType(definition.type) && !fed.has(name) && !areScalarsShown) return [];
    const port = inputPort(name, definition, classifyInput(inputsOf(step)[name]).kind !== 'absent');
    return [orphaned.has(name) ? { ...port, isBroken: true } : port];
  });
  const known = ports?.inputs ?? {};
  const broken = [...fed].filter((name) => !Object.hasOwn(known, name)).map((name) => brokenPort(name, 'inputs'));
  return [...views, ...broken];
}

function inputPort(name: string, definition: InputDefinition, hasValue: boolean): PortView {
  const extension = definition['x-pipewright'];
  const hasDefault = definition.default !== undefined && definition.default !== null;
  return {
    name,
    label: extension?.label ?? name,
    side: 'inputs',
    type: definition.type,
    kind: extension?.kind,
    accepts: extension?.accepts,
    // A parameter always has a value of some kind; it counts as connected only by an edge, which is why it is shown.
    isConnected: hasValue,
    isOptional: definition.optional === true || hasDefault,
    isBroken: false,
  };
}

function outputPorts(step: Step, ports: ComponentInterface | undefined, readOutputs: ReadonlySet<string>): PortView[] {
  const known = ports?.outputs ?? {};
  const views = Object.entries(known).map(([name, definition]): PortView => {
    const said = step.outputs[name];
    return {
      name,
      label: definition['x-pipewright']?.label ?? name,
      side: 'outputs',
      type: said !== null && typeof said === 'object' && said.type ? said.type : definition.type,
      kind: definition['x-pipewright']?.kind,
      isConnected: readOutputs.has(name) || boundOutput(said) !== null,
      isOptional: false,
      isBroken: false,
    };
  });
  const broken = [...readOutputs].filter((name) => !Object.hasOwn(known, name)).map((name) => brokenPort(name, 'outputs'));
  return [...views, ...broken];
}

const brokenPort = (name: string, side: PortSide): PortView => ({
  name,
  label: name,
  side,
  type: null,
  kind: undefined,
  isConnected: true,
  isOptional: false,
  isBroken: true,
});

function subtitleOf(step: Step, ports: ComponentInterface | undefined): string {
  const name = componentTitle(step, ports);
  const value = ports ? tellingValue(step, ports) : undefined;
  return value === undefined ? name : `${name} · ${value}`;
}

function componentTitle(step: Step, ports: ComponentInterface | undefined): string {
  const component = componentOf(step);
  if (step.type === 'parallel_for') return loopTitle(step);
  if (component === undefined) return kindTitles[step.type ?? ''] ?? 'Command';
  const name = ports?.display_name ?? ports?.name ?? (typeof component === 'string' ? nameInReference(component) : 'Component of its own');
  return step.trial === undefined ? name : typeof component === 'string' ? `Sweep of ${name}` : 'Sweep';
}

/** Steps that are work of their own. */
const kindTitles: Readonly<Record<string, string>> = {
  parallel: 'Parallel',
  spark: 'Spark',
  automl: 'AutoML',
  data_transfer: 'Data transfer',
  import: 'Import',
  finetuning: 'Fine-tuning',
  flow: 'Prompt flow',
  if_else: 'Branch',
  do_while: 'Loop',
};

function loopTitle({ items }: Step): string {
  const known = itemsOfLoop(items);
  return known === null ? 'Loop over items' : `Loop over ${countOf(known.length, 'item')}`;
}

/** How many steps a pipeline has. */
function innerSteps(component: ComponentLookup[string] | undefined): string[] {
  if (component?.type !== 'pipeline' || !('jobs' in component) || component.jobs === null || typeof component.jobs !== 'object') return [];
  return [countOf(Object.keys(component.jobs).length, 'step')];
}

function nameInReference(reference: string): string {
  const parsed = parseComponentReference(reference);
  return parsed.kind === 'registered' ? parsed.name : parsed.path;
}

const tellingLength = 28;

/** The first parameters that the person has set, short: `0.75 · 42`. Long texts say nothing in eleven pixels. */
function tellingValue(step: Step, ports: ComponentInterface): string | undefined {
  const values = Object.entries(ports.inputs).flatMap(([name, definition]) => {
    if (!isScalarType(definition.type)) return [];
    const content = classifyInput(step.inputs[name]);
    if (content.kind !== 'literal' || content.value === definition.default) return [];
    const text = String(content.value).replaceAll(/\s+/g, ' ').trim();
    if (text === '' || text.length > tellingLength) return [];
    return [typeof content.value === 'boolean' ? `${definition['x-pipewright']?.label ?? name} ${content.value ? 'on' : 'off'}` : text];
  });
  return values.length === 0 ? undefined : values.slice(0, 2).join(' · ');
}

function versionOf(step: Step, ports: ComponentInterface | undefined): string {
  const component = componentOf(step);
  if (component === undefined) return `${kindWords[step.type ?? ''] ?? 'command'} in this pipeline`;
  if (typeof component !== 'string') return 'component in this pipeline';
  const parsed = parseComponentReference(component);
  if (parsed.kind === 'file') return parsed.path.split('/').slice(-2).join('/');
  return ports?.version === undefined ? `version ${parsed.version}` : `version ${ports.version}`;
}

/** What stands in a pipeline itself and is no command. */
const kindWords: Readonly<Record<string, string>> = {
  if_else: 'branch',
  parallel_for: 'loop',
  do_while: 'loop',
  parallel: 'parallel step',
  spark: 'Spark job',
  automl: 'AutoML job',
};
