import { isAlias, isMap, isNode, isScalar, visit, type Document, type YAMLMap } from 'yaml';
import { spellPipeline } from '../azure/spellings.ts';
import type { DraftContent } from '../draft/draft-op.ts';
import { extensionKey } from './read-pipeline.ts';
import { orderMembers } from './order-members.ts';
import { patchText } from './patch-text.ts';
import { readYaml, type YamlText } from './read-yaml.ts';
import { quoteAmbiguous, writeYaml, yamlStyle } from './write-yaml.ts';

/** The order of the keys that we write; others follow as they stand. */
const topKeys = [
  '$schema',
  'type',
  'name',
  'version',
  'display_name',
  'description',
  'experiment_name',
  'tags',
  'inputs',
  'outputs',
  'settings',
  'compute',
  'jobs',
];
const stepKeys = [
  'type',
  'display_name',
  'description',
  'component',
  'command',
  'code',
  'additional_includes',
  'environment',
  'environment_variables',
  'compute',
  'inputs',
  'outputs',
];

/**
 * The pipeline as YAML that Azure reads as well, with the layout under one key of ours. The text that it was last written
 * in, or another that is given, is edited: comments, order and spelling stay wherever the content has not changed.
 */
export function writePipeline(content: DraftContent, original = content.text): string {
  const value = toFileShape(content);
  return (original === undefined ? undefined : editText(original, value)) ?? writeYaml(value);
}

/** Undefined for a text that cannot be edited: no pipeline (a job of one step was opened as one), an odd key, or a change in what aliases stand for. */
function editText(original: string, { type, ...rest }: Readonly<Record<string, unknown>>): string | undefined {
  const yaml = readYaml(original);
  const { document, value } = yaml;
  if (!isMap(document.contents) || !document.contents.has('jobs')) return undefined;
  const spell = (read: unknown): unknown => spellPipeline(read).value;
  const written = asRecord(spell(value));
  // What calls itself something else and was taken as a pipeline goes on doing so.
  return editMap(yaml, asTyped(document.contents.has('type') ? { type: written['type'] ?? type, ...rest } : rest, written), spell);
}

/** A text saying other things, with its comments and its order where it says the same; `spell` is how what is written was read. */
export function editMap(original: YamlText, wanted: Readonly<Record<string, unknown>>, spell: (value: unknown) => unknown): string | undefined {
  const patched = patchUntilSame(original, wanted, spell);
  if (patched !== undefined) return inOrder(patched, wanted);
  const { document, errors } = original;
  if (errors.length > 0 || !isMap(document.contents) || hasAliases(document)) return undefined;
  mergeMap(document, document.contents, wanted);
  for (const part of inOrderOf) sortMap(document.contents.get(part, true), Object.keys(asRecord(wanted[part])));
  const text = document.toString(yamlStyle);
  if (!isSame(spell(readYaml(text).value), wanted)) return undefined;
  return original.text.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/** A component in place is of type command where it does not say so, and goes on not saying so. */
function asTyped(wanted: Readonly<Record<string, unknown>>, written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const before = asRecord(written['jobs']);
  const untyped = (key: string, step: Readonly<Record<string, unknown>>): [string, unknown][] =>
    ['component', 'trial'].flatMap((field): [string, unknown][] => {
      const [now, then] = [step[field], asRecord(before[key])[field]];
      if (!isRecord(now) || !isRecord(then) || now['type'] !== 'command' || Object.hasOwn(then, 'type')) return [];
      const { type: _assumed, ...rest } = now;
      return [[field, rest]];
    });
  const jobs = Object.entries(asRecord(wanted['jobs'])).map(([key, step]) => [
    key,
    isRecord(step) ? { ...step, ...Object.fromEntries(untyped(key, step)) } : step,
  ]);
  return { ...wanted, jobs: Object.fromEntries(jobs) };
}

/** So often at most: what an alias stands for changes with its anchor, and is written out in the next round where it was not to change. */
const mostRounds = 3;

/** Undefined where the lines that would have to change cannot be told. */
function patchUntilSame(original: YamlText, wanted: Readonly<Record<string, unknown>>, spell: (value: unknown) => unknown): YamlText | undefined {
  let yaml = original;
  for (let round = 0; round <= mostRounds; round += 1) {
    const { text, document, errors, value } = yaml;
    if (errors.length > 0 || !isMap(document.contents)) return undefined;
    // What was taken for something else when it was read has not changed by that.
    const written = spell(value);
    if (isSame(written, wanted)) return yaml;
    const patched = patchText(text, { document, map: document.contents, written: asRecord(written), wanted }, { isSame, isNothing });
    if (patched === null) return undefined;
    yaml = readYaml(patched);
  }
  return undefined;
}

/** What has an order that people look at. */
const inOrderOf = ['inputs', 'outputs'] as const;

function inOrder(patched: YamlText, wanted: Readonly<Record<string, unknown>>): string {
  let yaml = patched;
  for (const at of inOrderOf) {
    const ordered = orderMembers(yaml.text, yaml.document, { at, wanted: Object.keys(asRecord(wanted[at])) });
    if (ordered === yaml.text) continue;
    const read = readYaml(ordered);
    if (read.errors.length === 0 && isSame(read.value, yaml.value)) yaml = read;
  }
  return yaml.text;
}

function sortMap(map: unknown, wanted: readonly string[]): void {
  const places = new Map(wanted.map((key, index) => [key, index]));
  const place = ({ key }: { readonly key: unknown }): number => places.get(keyText(key)) ?? wanted.length;
  if (isMap(map)) map.items.sort((a, b) => place(a) - place(b));
}

function hasAliases(document: Document.Parsed): boolean {
  let isFound = false;
  visit(document, {
    Alias: () => {
      isFound = true;
      return visit.BREAK;
    },
  });
  return isFound;
}

function toFileShape({ document, layout }: DraftContent): Record<string, unknown> {
  const jobs = Object.fromEntries(Object.entries(document.jobs).map(([key, step]) => [key, ordered(withoutEmpty(step), stepKeys)]));
  const extension = document[extensionKey];
  const kept = extension !== null && typeof extension === 'object' ? extension : {};
  const placed = withoutEmpty(layout);
  const ours = Object.keys(placed).length > 0 ? { ...kept, layout: placed } : kept;
  const { [extensionKey]: _replaced, ...rest } = document;
  return { ...ordered({ ...withoutEmpty(rest), jobs }, topKeys), ...(Object.keys(ours).length > 0 ? { [extensionKey]: ours } : {}) };
}

function withoutEmpty(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => {
      const isEmptyMap = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0;
      return value !== undefined && !(emptyByDefault.has(key) && isEmptyMap);
    }),
  );
}

function ordered(object: Readonly<Record<string, unknown>>, order: readonly string[]): Record<string, unknown> {
  const known = order.filter((key) => Object.hasOwn(object, key));
  const others = Object.keys(object).filter((key) => !order.includes(key));
  return Object.fromEntries([...known, ...others].map((key) => [key, object[key]]));
}

/** Makes a written map say `value`, touching only the members that differ. */
function mergeMap(document: Document.Parsed, map: YAMLMap, value: Readonly<Record<string, unknown>>): void {
  followRenames(map, value);
  const written = asRecord(map.toJS(document));
  for (const key of Object.keys(written)) {
    // An empty map or a null that we would not write is no difference.
    if (!Object.hasOwn(value, key) && !isNothing(written[key], key)) map.delete(key);
  }
  for (const [key, member] of Object.entries(value)) {
    if (isSame(written[key], member)) continue;
    const existing = map.get(key, true);
    if (isMap(existing) && isRecord(member)) mergeMap(document, existing, member);
    else map.set(key, replacement(document, existing, member));
  }
}

/** A step with another key in the same place is the same step: what is written about it stays with it. */
function followRenames(map: YAMLMap, value: Readonly<Record<string, unknown>>): void {
  const keys = Object.keys(value);
  if (keys.length !== map.items.length) return;
  const old = new Set(map.items.map(({ key }) => keyText(key)));
  for (const [index, { key }] of map.items.entries()) {
    const next = keys[index];
    if (next === undefined || old.has(next) || Object.hasOwn(value, keyText(key)) || !isScalar(key)) continue;
    key.value = next;
  }
}

const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : '');

/** A new value with the comments of the old one, and its way of writing a text. */
function replacement(document: Document.Parsed, existing: unknown, member: unknown): unknown {
  const node = document.createNode(member, { aliasDuplicateObjects: false });
  quoteAmbiguous(node);
  if (!isNode(existing) || isAlias(existing) || !isNode(node) || isAlias(node)) return node;
  if (existing.comment != null) node.comment = existing.comment;
  if (existing.commentBefore != null) node.commentBefore = existing.commentBefore;
  if (isScalar(existing) && isScalar(node) && typeof existing.value === 'string' && typeof member === 'string') node.type ??= existing.type;
  return node;
}

/** A map whose members are names: that one is there says something, whatever it holds. */
const namesUnder: ReadonlySet<string> = new Set(['inputs', 'outputs', 'jobs']);

/** Where what we leave out when nothing is in it is written as an empty map, or with nothing after it, that says the same; `key` is where both stand. */
function isSame(a: unknown, b: unknown, key = ''): boolean {
  if (isRecord(a) && isRecord(b)) {
    const members = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...members].every((member) => {
      if (namesUnder.has(key) && Object.hasOwn(a, member) !== Object.hasOwn(b, member)) return false;
      if (isNothing(a[member], member, key) && isNothing(b[member], member, key)) return true;
      return Object.hasOwn(a, member) === Object.hasOwn(b, member) && isSame(a[member], b[member], member);
    });
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  return Object.is(a, b) || a === b;
}

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Whether a member of what stands at `under` says nothing. */
function isNothing(value: unknown, member: string, under = ''): boolean {
  if (value === undefined) return true;
  if (namesUnder.has(under) || !leftOut.has(member)) return false;
  return value === null || (isRecord(value) && Object.entries(value).every(([name, inside]) => isNothing(inside, name, member)));
}

const emptyByDefault: ReadonlySet<string> = new Set(['inputs', 'outputs', 'settings', 'steps', 'notes', 'groups']);
/** What we do not write where nothing is in it. */
const leftOut: ReadonlySet<string> = new Set([...emptyByDefault, 'jobs', 'layout', extensionKey]);
const asRecord = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
