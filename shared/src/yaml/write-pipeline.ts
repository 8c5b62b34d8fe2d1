import { Document, isMap, parseDocument, type YAMLMap } from 'yaml';
import type { DraftContent } from '../draft/draft-op.ts';
import { extensionKey } from './read-pipeline.ts';

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

const style = { lineWidth: 0, defaultKeyType: 'PLAIN' } as const;

/**
 * The pipeline as YAML that Azure reads as well, with the layout under one key of ours. Given the text that it was read
 * from, that text is edited: comments, order and spelling stay wherever the content has not changed.
 */
export function writePipeline({ document, layout }: DraftContent, original?: string): string {
  const value = toFileShape({ document, layout });
  const edited = original === undefined ? null : parseDocument(original, { keepSourceTokens: true });
  if (edited && edited.errors.length === 0 && isMap(edited.contents)) {
    if (isSame(edited.toJS(), value)) return original ?? '';
    mergeMap(edited, edited.contents, value);
    return edited.toString(style);
  }
  return new Document(value, { aliasDuplicateObjects: false }).toString(style);
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

const emptyByDefault = new Set(['inputs', 'outputs', 'settings', 'steps', 'notes', 'groups']);

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
  const written = asRecord(map.toJS(document));
  for (const key of Object.keys(written)) {
    // An empty map or a null that we would not write is no difference.
    if (!Object.hasOwn(value, key) && !isNothing(written[key])) map.delete(key);
  }
  for (const [key, member] of Object.entries(value)) {
    if (isSame(written[key], member)) continue;
    const existing = map.get(key, true);
    if (isMap(existing) && isRecord(member)) mergeMap(document, existing, member);
    else map.set(key, document.createNode(member, { aliasDuplicateObjects: false }));
  }
}

/** YAML reads `version: 1` as a number where the document holds text: the same to us. */
function isSame(a: unknown, b: unknown): boolean {
  if (isRecord(a) && isRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => isSame(a[key], b[key]) || (isNothing(a[key]) && isNothing(b[key])));
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (typeof a === 'number' && typeof b === 'string') return String(a) === b;
  return a === b;
}

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const isNothing = (value: unknown): boolean => value === undefined || value === null || (isRecord(value) && Object.keys(value).length === 0);
const asRecord = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
