import type { ComponentInterface } from '@pipewright/shared/component/component-interface.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { Json, type Scalar } from '@pipewright/shared/json.ts';
import { componentOf, searchSpaceOf, type Step } from '@pipewright/shared/pipeline/step.ts';
import { valueAt, valuesOf } from '@pipewright/shared/sweep/sample-space.ts';
import { Distribution } from '@pipewright/shared/sweep/sweep.ts';

interface NumberField {
  readonly name: string;
  readonly label: string;
}

const range: readonly NumberField[] = [
  { name: 'min_value', label: 'from' },
  { name: 'max_value', label: 'to' },
];
const bell: readonly NumberField[] = [
  { name: 'mu', label: 'mean' },
  { name: 'sigma', label: 'deviation' },
];
const grid: NumberField = { name: 'q', label: 'in steps of' };

/** What is to be said of each distribution. The bounds of `loguniform` and its kin are those of the logarithm. */
export const distributionFields = {
  choice: [],
  uniform: range,
  loguniform: range,
  quniform: [...range, grid],
  qloguniform: [...range, grid],
  randint: [{ name: 'upper', label: 'below' }],
  normal: bell,
  lognormal: bell,
  qnormal: [...bell, grid],
  qlognormal: [...bell, grid],
} as const satisfies Record<Distribution['type'], readonly NumberField[]>;

export type DistributionType = keyof typeof distributionFields;
export const isDistributionType = (text: string): text is DistributionType => Object.hasOwn(distributionFields, text);

type Fields = Readonly<Record<string, Json>>;

/** An object that a step holds under a key of its own; empty for anything else. */
export function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, field]) => [key, Json.parse(field)]))
    : {};
}

/** A value as it stands in a field; empty for none. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** With one field set, or taken away by undefined; undefined when nothing is left. */
export function withField(fields: Fields, name: string, value: Json | undefined): Fields | undefined {
  const { [name]: _before, ...others } = fields;
  const next = value === undefined ? others : { ...fields, [name]: value };
  return Object.keys(next).length === 0 ? undefined : next;
}

/** The number that a text says; the text itself where it says none, so that the validator can say what is wrong with it. */
export function numberOrText(text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : trimmed;
}

/** `3, 5, tree` as a list; what is a number or a truth value in YAML is one here. */
export function valuesOfText(text: string): Json[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (part === 'true' ? true : part === 'false' ? false : (numberOrText(part) ?? part)));
}

export const textOfValues = (values: Json | undefined): string =>
  Array.isArray(values) ? values.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join(', ') : '';

/** The parameters of a trial that could be tried and are not yet. */
export function untriedParameters(step: Step, trial: ComponentInterface | undefined): string[] {
  const tried = searchSpaceOf(step);
  return Object.entries(trial?.inputs ?? {}).flatMap(([name, { type }]) => (isScalarType(type) && !Object.hasOwn(tried, name) ? [name] : []));
}

/** What is tried of a parameter at first: around its value or its default, within its range. */
export function firstDistribution(definition: ComponentInterface['inputs'][string] | undefined, value: Json | undefined): Record<string, Json> {
  const known = value ?? (definition && 'default' in definition ? (definition.default ?? undefined) : undefined);
  const bound = (name: 'min' | 'max'): number | undefined => {
    const said = fieldsOf(definition)[name];
    return typeof said === 'number' ? said : undefined;
  };
  if (definition?.type === 'number') {
    const centre = typeof known === 'number' && known !== 0 ? known : 1;
    return { type: 'uniform', min_value: bound('min') ?? Math.min(0, centre * 2), max_value: bound('max') ?? Math.max(0, centre * 2) };
  }
  return { type: 'choice', values: definition?.type === 'boolean' ? [true, false] : known === undefined ? [] : [known] };
}

/** What moves from a step with its own command into its trial. */
const ownFields = ['command', 'code', 'environment', 'environment_variables', 'additional_includes'] as const;
const sweepFields = ['search_space', 'sampling_algorithm', 'objective', 'early_termination', 'queue_settings'] as const;
const firstLimits = { max_total_trials: 20, max_concurrent_trials: 2 } as const;

/** Makes a sweep of a step that runs once: its component is what each trial runs, its first number is what is tried. */
export function toSweepOps(key: string, step: Step, ports: ComponentInterface): DraftOp[] {
  const set = (field: string, value?: Json): DraftOp => ({ op: 'step.setField', step: key, field, ...(value === undefined ? {} : { value }) });
  const own = componentOf(step) === undefined;
  const trial = own
    ? Json.parse({ type: 'command', ...Object.fromEntries(ownFields.flatMap((field) => (step[field] == null ? [] : [[field, step[field]]]))) })
    : Json.parse(step.component);
  const [tried] = Object.entries(ports.inputs).filter(([name, { type }]) => (type === 'number' || type === 'integer') && typeof step.inputs[name] !== 'string');
  const value = tried && typeof step.inputs[tried[0]] === 'number' ? Json.parse(step.inputs[tried[0]]) : undefined;
  const timeout = step.limits?.timeout;
  return [
    ...(own ? ownFields.filter((field) => step[field] !== undefined).map((field) => set(field)) : [set('component')]),
    set('type', 'sweep'),
    set('trial', trial),
    ...(tried ? [{ op: 'step.setInput', step: key, input: tried[0] } as const] : []),
    set('search_space', tried ? { [tried[0]]: firstDistribution(tried[1], value) } : {}),
    set('sampling_algorithm', 'random'),
    set('objective', { primary_metric: '', goal: 'maximize' }),
    set('limits', { ...firstLimits, ...(timeout === undefined ? {} : { trial_timeout: timeout }) }),
  ];
}

/** Makes a step that runs once of a sweep; each parameter gets the value of the best trial, or one from the middle of what was tried. */
export function toSingleOps(key: string, step: Step, best: Readonly<Record<string, Scalar>>): DraftOp[] {
  const set = (field: string, value?: Json): DraftOp => ({ op: 'step.setField', step: key, field, ...(value === undefined ? {} : { value }) });
  const limits = fieldsOf(step.limits);
  const timeout = limits['trial_timeout'];
  const trial = step.trial;
  const isOwn = typeof trial === 'object' && trial.type === 'command';
  return [
    ...sweepFields.filter((field) => step[field] !== undefined).map((field) => set(field)),
    set('trial'),
    ...(isOwn ? ownFields.flatMap((field) => (trial[field] == null ? [] : [set(field, Json.parse(trial[field]))])) : [set('component', Json.parse(trial))]),
    set('type', 'command'),
    set('limits', timeout === undefined ? undefined : { timeout }),
    ...Object.entries(searchSpaceOf(step)).flatMap(([input, said]): DraftOp[] => {
      const value = best[input] ?? middleOf(said);
      return value === undefined ? [] : [{ op: 'step.setInput', step: key, input, value }];
    }),
  ];
}

function middleOf(said: Json): Scalar | undefined {
  const parsed = Distribution.safeParse(said);
  if (!parsed.success) return undefined;
  const values = valuesOf(parsed.data);
  return values ? values[0] : valueAt(parsed.data, 0.5);
}
