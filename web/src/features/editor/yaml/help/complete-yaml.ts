import { conditionFunctions, statusWords } from '@pipewright/shared/conditions/condition-functions.ts';
import { fileSchemas } from '@pipewright/shared/file-schemas/file-schemas.ts';
import { isKeyOfKind } from '@pipewright/shared/file-schemas/keys-of-kind.ts';
import { kindsOf, schemaAt, valuesOf, type SchemaPlace } from '@pipewright/shared/file-schemas/schema-at.ts';
import { placeInYaml, type YamlPlace } from '@pipewright/shared/yaml/place-in-yaml.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';

/** What could be written at a place. */
interface Suggestion {
  readonly label: string;
  /** What is put there, if not the label. */
  readonly insert?: string;
  readonly detail?: string | undefined;
  readonly info?: string | undefined;
  readonly kind: 'key' | 'value' | 'binding' | 'component' | 'function';
}

export interface Suggestions {
  /** Where what they replace begins. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

interface NamedPort {
  readonly name: string;
  readonly type: string | null;
  readonly description?: string | undefined;
}

/** What the pipeline holds that a schema cannot know. */
export interface YamlFacts {
  readonly inputs: readonly NamedPort[];
  readonly outputs: readonly NamedPort[];
  readonly steps: Readonly<Record<string, { readonly title: string; readonly inputs: readonly NamedPort[]; readonly outputs: readonly NamedPort[] }>>;
  readonly components: readonly { readonly reference: string; readonly title: string; readonly description?: string | undefined }[];
  readonly environments: readonly { readonly reference: string; readonly description?: string | undefined }[];
}

const pipelineSchema = fileSchemas['pipeline.json'] ?? {};
const nothing: Suggestions = { from: 0, options: [] };

export function completeYaml(text: string, offset: number, facts: YamlFacts): Suggestions {
  const place = placeInYaml(text, offset);
  const binding = /\$\{\{\s*([\w.-]*)$/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset));
  if (binding) return bindings(place, { from: offset - (binding[1]?.length ?? 0), isClosed: /^[\w.-]*\s*\}\}/.test(text.slice(offset)), facts });
  if (place.kind === 'comment' || place.kind === 'words') return nothing;
  const known = schemaAt(pipelineSchema, place.path, documentAround(text, offset));
  if (place.kind === 'value') return values(place, known, facts);
  const taken = valueAt(documentAround(text, offset), place.path);
  const isStep = place.path[0] === 'jobs' && place.path.length === 2;
  const kind = isStep ? valueAt(taken, ['type']) : undefined;
  const mayStand = (label: string): boolean => !isStep || isKeyOfKind(label, typeof kind === 'string' ? kind : undefined);
  const isThere = (label: string): boolean => taken !== null && typeof taken === 'object' && Object.hasOwn(taken, label);
  const keys = keysAt(place, known, facts).filter(({ label }) => mayStand(label) && !isThere(label));
  // An item of a list may be a value as well as a map.
  return { from: place.from, options: [...keys, ...(typeof place.path.at(-1) === 'number' ? values(place, known, facts).options : [])] };
}

/** The data without the line that is being written. */
function documentAround(text: string, offset: number): unknown {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const { value, errors } = readYaml(text.slice(0, start) + (end < 0 ? '' : text.slice(end + 1)));
  return errors.length > 0 ? undefined : value;
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root;
  for (const segment of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) return undefined;
    value = Reflect.get(value, segment);
  }
  return value;
}

// ---- keys ---------------------------------------------------------------------------------------------------------

function keysAt({ path }: YamlPlace, known: SchemaPlace | null, facts: YamlFacts): Suggestion[] {
  const ports = portsAt(path, facts);
  if (ports.length > 0)
    return ports.map(({ name, type, description }) => ({ kind: 'key', label: name, insert: `${name}: `, detail: type ?? undefined, info: description }));
  const properties = (known?.forms ?? []).flatMap((form) => Object.keys(form.properties ?? {}));
  return [...new Set(properties)].map((label): Suggestion => {
    const inner = schemaAt(pipelineSchema, [...path, label], undefined);
    return { kind: 'key', label, insert: `${label}: `, detail: inner ? kindsOf(inner) : undefined, info: inner?.description };
  });
}

/** Names of a step's ports, where its inputs or outputs are written. */
function portsAt([top, key, side, ...deeper]: YamlPlace['path'], { steps }: YamlFacts): readonly NamedPort[] {
  if (top !== 'jobs' || typeof key !== 'string' || deeper.length > 0 || !Object.hasOwn(steps, key)) return [];
  const step = steps[key];
  return side === 'inputs' ? (step?.inputs ?? []) : side === 'outputs' ? (step?.outputs ?? []) : [];
}

// ---- values -------------------------------------------------------------------------------------------------------

function values(place: YamlPlace, known: SchemaPlace | null, facts: YamlFacts): Suggestions {
  const own = (known ? valuesOf(known) : []).map((value): Suggestion => ({ kind: 'value', label: String(value) }));
  return { from: place.from, options: [...factsAt(place.path, facts), ...own] };
}

function factsAt(path: YamlPlace['path'], facts: YamlFacts): readonly Suggestion[] {
  const [top, key, field, ...deeper] = path;
  if (top === 'settings' && key === 'on_finalize') return stepKeys(facts);
  if (top !== 'jobs' || typeof key !== 'string') return [];
  if (field === 'depends_on') return stepKeys(facts).filter(({ label }) => label !== key);
  if (field === 'component' && deeper.length === 0) {
    return facts.components.map(({ reference, title, description }) => ({ kind: 'component', label: reference, detail: title, info: description }));
  }
  if (field === 'environment' && deeper.length === 0) {
    return facts.environments.map(({ reference, description }) => ({ kind: 'component', label: reference, info: description }));
  }
  if (field === 'inputs' && deeper.length === 1) return sources(key, facts).map(whole);
  if (field === 'outputs' && deeper.length === 1) return pipelineOutputs(facts).map(whole);
  if (field === 'when' && deeper.length === 0) return conditionWords;
  return [];
}

const stepKeys = ({ steps }: YamlFacts): Suggestion[] => Object.entries(steps).map(([label, { title }]) => ({ kind: 'value', label, detail: title }));
const whole = (suggestion: Suggestion): Suggestion => ({ ...suggestion, label: `\${{${suggestion.label}}}` });

const conditionWords: readonly Suggestion[] = Object.entries(conditionFunctions).map(([name, { takes, gives }]) => ({
  kind: 'function',
  label: `${name}()`,
  detail: statusWords.has(name) ? 'of the steps above' : `${takes} → ${gives}`,
}));

// ---- bindings -----------------------------------------------------------------------------------------------------

interface BindingPlace {
  readonly from: number;
  readonly isClosed: boolean;
  readonly facts: YamlFacts;
}

function bindings({ path }: YamlPlace, { from, isClosed, facts }: BindingPlace): Suggestions {
  const [top, key = '', field] = path;
  const step = typeof key === 'string' && Object.hasOwn(facts.steps, key) ? facts.steps[key] : undefined;
  const isCommand = path.includes('command') || path.includes('program_arguments') || path.includes('input_data') || path.includes('append_row_to');
  const found = isCommand
    ? ownPorts(step)
    : top === 'jobs' && field === 'outputs'
      ? pipelineOutputs(facts)
      : sources(typeof key === 'string' ? key : '', facts);
  return { from, options: isClosed ? found : found.map((suggestion) => ({ ...suggestion, insert: `${suggestion.label}}}` })) };
}

const binding = (label: string, { type, description }: NamedPort): Suggestion => ({ kind: 'binding', label, detail: type ?? undefined, info: description });

const ownPorts = (step: YamlFacts['steps'][string] | undefined): Suggestion[] => [
  ...(step?.inputs ?? []).map((port) => binding(`inputs.${port.name}`, port)),
  ...(step?.outputs ?? []).map((port) => binding(`outputs.${port.name}`, port)),
];

/** What a step can read: inputs of the pipeline, and what the other steps put out. */
const sources = (reader: string, { inputs, steps }: YamlFacts): Suggestion[] => [
  ...Object.entries(steps).flatMap(([key, { outputs }]) =>
    key === reader ? [] : outputs.map((port) => binding(`parent.jobs.${key}.outputs.${port.name}`, port)),
  ),
  ...inputs.map((port) => binding(`parent.inputs.${port.name}`, port)),
];

const pipelineOutputs = ({ outputs }: YamlFacts): Suggestion[] => outputs.map((port) => binding(`parent.outputs.${port.name}`, port));
