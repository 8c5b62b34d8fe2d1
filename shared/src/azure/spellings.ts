import type { Problem } from '../graph/problem.ts';
import { DataType, ScalarType } from '../component/port-type.ts';
import { numberOf, truthOf } from './older-yaml.ts';

/** What is to stand at a key: a text, a truth value, a number, the name of a type, what kind of thing it is; or a map with keys of its own. */
type Rule = 'text' | OlderMap | 'truth' | 'number' | 'type' | 'kind' | 'map' | 'given' | 'declaration' | Shape | Each | OneOf;
interface Shape {
  readonly keys: Readonly<Record<string, Rule>>;
}
/** A map whose every member is like this. */
interface Each {
  readonly each: Rule;
}
/** A text that an older version of the format wrote as a map, under the first of these keys that it has. */
interface OlderMap {
  readonly or: readonly string[];
}
/** A text, or a map like this. */
interface OneOf {
  readonly textOr: Shape;
}

const output: Shape = { keys: { type: 'type', description: 'text', mode: 'text', path: 'text', name: 'text', version: 'text' } };
const value: Shape = { keys: { data: 'text', type: 'type', description: 'text', mode: 'text', path: 'text', optional: 'truth', min: 'number', max: 'number' } };
const environment: OneOf = {
  textOr: { keys: { name: 'text', version: 'text', description: 'text', image: 'text', python: 'text', variables: { each: 'text' } } },
};
const code = { code: { or: ['local_path', 'directory', 'path'] }, environment } as const;
const task: Shape = { keys: { ...code, type: 'kind', entry_script: 'text', program_arguments: 'text', append_row_to: 'text' } };
const header = {
  name: 'text',
  version: 'text',
  type: 'kind',
  display_name: 'text',
  description: 'text',
  is_deterministic: 'truth',
  tags: { each: 'text' },
  outputs: { each: output },
} as const;
const work = {
  ...code,
  command: 'text',
  compute: { or: ['target'] },
  task,
  input_data: 'text',
  logging_level: 'text',
  max_concurrency_per_instance: 'number',
  mini_batch_error_threshold: 'number',
  environment_variables: { each: 'text' },
  retry_settings: { keys: {} },
  resources: 'map',
  limits: {
    keys: { timeout: 'number', trial_timeout: 'number', max_total_trials: 'number', max_concurrent_trials: 'number', max_iteration_count: 'number' },
  },
} as const;
/** `sampling_algorithm` may be a word, which stays as it is. */
const sweep = {
  search_space: { each: { keys: { upper: 'number', min_value: 'number', max_value: 'number', q: 'number', mu: 'number', sigma: 'number' } } },
  sampling_algorithm: { keys: { seed: 'number' } },
  early_termination: {
    keys: { evaluation_interval: 'number', delay_evaluation: 'number', slack_factor: 'number', slack_amount: 'number', truncation_percentage: 'number' },
  },
} as const;
const component: Shape = { keys: { ...header, ...work, inputs: { each: 'declaration' } } };
const step: Shape = {
  keys: { ...header, ...work, ...sweep, inputs: { each: value }, component: { textOr: component }, trial: { textOr: component } },
};
const settings: Shape = {
  keys: { default_compute: 'text', default_datastore: 'text', continue_on_step_failure: 'truth', force_rerun: 'truth', on_init: 'text', on_finalize: 'text' },
};
const pipeline: Shape = {
  keys: { ...header, experiment_name: 'text', compute: 'text', inputs: { each: 'given' }, settings, jobs: { each: step } },
};
const pipelineComponent: Shape = { keys: { ...pipeline.keys, inputs: { each: 'declaration' } } };

/** What a document says, in the one spelling that the schemas know; `problems` say what was taken for what. */
export interface Spelled {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/**
 * Azure's tools take more than their schemas say: keys without a value, numbers where a text belongs, `"true"` for true,
 * and type names of older versions. What is regular comes back as it is, the same object.
 */
export const spellPipeline = (document: unknown, writtenAt?: WrittenAt): Spelled => spell(document, pipeline, writtenAt);
export const spellSettings = (document: unknown): Spelled => spell(document, settings);
export const spellStep = (document: unknown): Spelled => spell(document, step);
export const spellInput = (document: unknown): Spelled => spell(document, value);
/** What a pipeline declares and is given, which a step's input never is: what has no type gets one. */
export const spellPipelineInput = (document: unknown): Spelled => spell(document, 'given');
export const spellOutput = (document: unknown): Spelled => spell(document, output);
export const spellComponent = (document: unknown): Spelled => spell(document, isRecord(document) && 'jobs' in document ? pipelineComponent : component);

function spell(document: unknown, rule: Rule, writtenAt: WrittenAt = (path) => path): Spelled {
  const problems: Problem[] = [];
  return { value: tidy(document, rule, { path: [], problems, writtenAt }), problems };
}

interface Place {
  readonly path: readonly string[];
  readonly problems: Problem[];
  /** Where the file has it. */
  readonly writtenAt: WrittenAt;
}
type WrittenAt = (path: readonly (string | number)[]) => readonly (string | number)[];

function tidy(found: unknown, rule: Rule, place: Place): unknown {
  if (rule === 'text') return typeof found === 'number' || typeof found === 'boolean' ? String(found) : found;
  if (rule === 'truth') return typeof found === 'string' || typeof found === 'number' ? truthIn(found, place) : found;
  if (rule === 'number') return typeof found === 'string' ? numberIn(found, place) : found;
  if (rule === 'type') return typeof found === 'string' ? typeIn(found, place) : found;
  if (rule === 'kind') return typeof found === 'string' ? kindIn(found, place) : tidy(found, 'text', place);
  if (rule === 'given') return givenIn(found, place);
  if (rule === 'declaration') return declarationIn(found, place);
  if (rule === 'map') return mapIn(found, place);
  if (typeof rule !== 'string' && 'or' in rule) return isRecord(found) ? olderText(found, rule, place) : tidy(found, 'text', place);
  if (!isRecord(found)) return found;
  if (rule === value && Object.keys(found).length === 0) return null;
  if (rule === value && isScalar(found['value']) && Object.keys(found).length === 1) return literalIn(found['value'], place);
  if (rule === value && found['path'] === undefined && typeof found['data'] === 'string') return olderData(found, place);
  if ('each' in rule) return changed(found, (key, member) => (member === null && rule.each === 'text' ? '' : tidy(member, rule.each, at(place, key))));
  const { keys } = 'textOr' in rule ? rule.textOr : rule;
  return changed(found, (key, member) => {
    const own = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (own === undefined) return member;
    return member === null ? undefined : tidy(member, own, at(place, key));
  });
}

const at = (place: Place, key: string): Place => ({ ...place, path: [...place.path, key] });

/** A copy only where something differs; a member that comes back undefined is left out. */
function changed(map: Readonly<Record<string, unknown>>, change: (key: string, member: unknown) => unknown): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined;
  for (const [key, member] of Object.entries(map)) {
    const next = change(key, member);
    if (next === member) continue;
    copy ??= { ...map };
    if (next === undefined) delete copy[key];
    else copy[key] = next;
  }
  return copy ?? map;
}

function olderText(found: Readonly<Record<string, unknown>>, { or }: OlderMap, place: Place): unknown {
  const key = or.find((each) => typeof found[each] === 'string');
  if (key === undefined) return found;
  say(place, `is written as in an older version of the format: its ${key} is taken.`);
  return found[key];
}

function olderData({ data, ...rest }: Readonly<Record<string, unknown>>, place: Place): unknown {
  say(place, 'is written as in an older version of the format: its data is taken as the path.');
  return tidy({ ...rest, path: data }, value, place);
}

function literalIn(literal: string | number | boolean, place: Place): unknown {
  say(place, `is a map with a value: ${JSON.stringify(literal)} is taken.`);
  return literal;
}

function mapIn(found: unknown, place: Place): unknown {
  if (isRecord(found)) return found;
  say(place, 'is no map and has no effect.');
  return undefined;
}

/** Azure's schemas take a letter, and 1 and 0, besides the words of YAML. */
function truthIn(found: string | number, place: Place): unknown {
  const word = String(found).trim();
  const truth = /^[ty1]$/i.test(word) ? true : /^[fn0]$/i.test(word) ? false : truthOf(word);
  if (truth === null) return found;
  say(place, `is ${typeof found === 'string' ? `the text "${found}"` : found} and is taken as ${truth}.`);
  return truth;
}

function numberIn(text: string, place: Place): unknown {
  const number = numberOf(text);
  // A binding, or something that the schema will refuse.
  if (number === null) return text;
  say(place, `is the text "${text}" and is taken as the number ${number}.`);
  return number;
}

/** Names of types in other versions of the format and in the minds of people. */
const otherNames: Readonly<Record<string, string>> = {
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  bool: 'boolean',
  str: 'string',
  text: 'string',
  enum: 'string',
  anyfile: 'uri_file',
  file: 'uri_file',
  anydirectory: 'uri_folder',
  azuremldataset: 'uri_folder',
  dataframedirectory: 'uri_folder',
  modeldirectory: 'uri_folder',
  directory: 'uri_folder',
  folder: 'uri_folder',
  dataset: 'uri_folder',
};
const knownTypes: ReadonlySet<string> = new Set([...DataType.options, ...ScalarType.options]);

function typeIn(text: string, place: Place): string {
  if (knownTypes.has(text)) return text;
  const plain = text.trim().toLowerCase();
  const meant = knownTypes.has(plain) ? plain : Object.hasOwn(otherNames, plain) ? otherNames[plain] : undefined;
  if (meant === undefined) return text;
  say(place, `"${text}" is taken as ${meant}.`);
  return meant;
}

/** The kinds of things are lower-case words, which Azure's tools read in any case. */
function kindIn(text: string, place: Place): string {
  const meant = text.trim().toLowerCase();
  if (meant !== text) say(place, `"${text}" is taken as ${meant}.`);
  return meant;
}

/** What a pipeline is given: what has neither a path nor a type is declared, and has no value yet. */
function givenIn(found: unknown, place: Place): unknown {
  const tidied = tidy(found, value, place);
  if (!isRecord(tidied) || tidied['path'] !== undefined || tidied['type'] !== undefined) return tidied;
  return declarationIn(tidied, place);
}

/** What a component declares of an input: a value in its place, or one without a type, says its type by what it is. */
function declarationIn(found: unknown, place: Place): unknown {
  if (found === null || isScalar(found)) {
    const type = found === null ? 'string' : typeOf(found);
    say(
      place,
      found === null
        ? 'says nothing of itself and is taken as a string.'
        : `is a value where a declaration belongs: it is taken as a ${type} with that default.`,
    );
    return found === null ? { type } : { type, default: found };
  }
  const tidied = tidy(found, value, place);
  if (!isRecord(tidied)) return tidied;
  const { type, default: fallback, path, mode } = tidied;
  if (type === undefined) {
    const assumed = typeof path === 'string' || typeof mode === 'string' ? 'uri_folder' : isScalar(fallback) ? typeOf(fallback) : 'string';
    say(place, `has no type and is taken as a ${assumed}.`);
    return declarationIn({ ...tidied, type: assumed }, place);
  }
  const isData = DataType.safeParse(type).success;
  if (isData && typeof path === 'string' && fallback === undefined) return { ...tidied, default: path };
  if (isData && isScalar(fallback) && typeof fallback !== 'string') return { ...tidied, default: String(fallback) };
  return tidied;
}

function say({ path, problems, writtenAt }: Place, text: string): void {
  problems.push({ severity: 'warning', code: 'irregular-value', message: `${writtenAt(path).join('.')} ${text}`, path: [...path] });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);
const isScalar = (value: unknown): value is string | number | boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function typeOf(scalar: string | number | boolean): string {
  if (typeof scalar === 'boolean') return 'boolean';
  return typeof scalar === 'number' ? (Number.isInteger(scalar) ? 'integer' : 'number') : 'string';
}
