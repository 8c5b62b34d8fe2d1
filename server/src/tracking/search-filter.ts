import { invalid } from './tracking-error.ts';

/** Several, where one of them is enough to match. */
type Found = string | number | readonly string[] | undefined;
export type Read<T> = (item: T) => Found;

/** What may be asked about things of one kind. */
export interface Searchable<T> {
  /** `Runs`, for a message. */
  readonly what: string;
  /** By the group before the dot (null: none) and the name after it. */
  readonly read: (group: string | null, name: string) => Read<T>;
}

export interface Order<T> {
  readonly read: Read<T>;
  readonly isDescending: boolean;
}

/** `metrics.rmse`, `` params.`max depth` ``, `tags."mlflow.parentRunId"`, `attributes.status`, `status`. */
const field = String.raw`(?:(metrics?|params?|parameters?|tags?|attributes?|attr|run|datasets?)\.)?(\x60[^\x60]+\x60|"[^"]+"|[\w.\-/]+)`;
const comparison = new RegExp(String.raw`^${field}\s*(!=|<=|>=|==?|<|>|\bI?LIKE\b|\bIN\b|\bNOT\s+IN\b)\s*(.+)$`, 'is');
const presence = new RegExp(String.raw`^${field}\s+IS\s+(NOT\s+)?NULL$`, 'i');
const orderClause = new RegExp(String.raw`^${field}(?:\s+(ASC|DESC))?$`, 'i');

/** MLflow's filter: comparisons joined by AND. */
export function parseFilter<T>(text: string, things: Searchable<T>): (item: T) => boolean {
  const clauses = splitAtAnd(text).map((clause) => parseComparison(clause, things));
  return (item) => clauses.every((holds) => holds(item));
}

/** Whether a filter leaves out everything that has a tag: `` tags.`NAME` IS NULL ``. */
export function excludesTag(text: string, name: string): boolean {
  return splitAtAnd(text).some((clause) => {
    const [, group, field, not] = presence.exec(clause) ?? [];
    return group?.toLowerCase().startsWith('tag') === true && field !== undefined && unquote(field) === name && not === undefined;
  });
}

export function parseOrder<T>(text: string, things: Searchable<T>): Order<T> {
  const match = orderClause.exec(text.trim());
  if (!match?.[2]) throw invalid(`${things.what} cannot be ordered by '${text}'.`);
  return { read: things.read(match[1]?.toLowerCase() ?? null, unquote(match[2])), isDescending: match[3]?.toUpperCase() === 'DESC' };
}

/** As they were listed where nothing else decides; what has no value comes last, what is no number before it. */
export function compareBy<T>(orders: readonly Order<T>[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const { read, isDescending } of orders) {
      const [left, right] = [read(a), read(b)];
      if (Object.is(left, right)) continue;
      const [leftRank, rightRank] = [rankOf(left), rankOf(right)];
      if (leftRank !== rightRank) return leftRank - rightRank;
      if (left === undefined || right === undefined || left === right) continue;
      return (left < right ? -1 : 1) * (isDescending ? -1 : 1);
    }
    return 0;
  };
}

function rankOf(value: Found): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}

/** Quotes may hold an AND. */
function splitAtAnd(text: string): string[] {
  const parts = [...text.matchAll(/'[^']*'|"[^"]*"|`[^`]*`|\s+and\s+|[^'"`]/gis)].map(([part]) => (/^\s+and\s+$/i.test(part) ? '\0' : part));
  return parts
    .join('')
    .split('\0')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

function parseComparison<T>(clause: string, things: Searchable<T>): (item: T) => boolean {
  const isThere = presence.exec(clause);
  if (isThere?.[2]) {
    const read = things.read(isThere[1]?.toLowerCase() ?? null, unquote(isThere[2]));
    const wanted = isThere[3] !== undefined;
    return (item) => (read(item) !== undefined) === wanted;
  }
  const match = comparison.exec(clause);
  if (!match?.[2] || match[3] === undefined || match[4] === undefined)
    throw invalid(`Invalid clause '${clause}' in the filter: it is not a comparison such as metrics.rmse < 1 or params.model = 'tree'.`);
  const read = things.read(match[1]?.toLowerCase() ?? null, unquote(match[2]));
  const holds = test(match[3].toUpperCase().replaceAll(/\s+/g, ' '), match[4].trim());
  return (item) => {
    const value = read(item);
    if (value === undefined) return false;
    return typeof value === 'object' ? value.some(holds) : holds(value);
  };
}

function test(operator: string, text: string): (value: string | number) => boolean {
  if (operator === 'IN' || operator === 'NOT IN') {
    if (!/^\(.*\)$/s.test(text)) throw invalid(`'${text}' in the filter is no list such as ('a', 'b').`);
    const wanted = [...text.matchAll(/'([^']*)'|"([^"]*)"|([\d.]+)/g)].map((match) => match[1] ?? match[2] ?? match[3]);
    return (value) => wanted.includes(String(value)) === (operator === 'IN');
  }
  if (operator.endsWith('LIKE')) {
    const body = unquote(text).replaceAll(/./gsu, (letter) => ({ '%': '.*', _: '.' })[letter] ?? RegExp.escape(letter));
    const pattern = new RegExp(`^${body}$`, operator === 'ILIKE' ? 'isu' : 'su');
    return (value) => pattern.test(String(value));
  }
  const wanted = /^(?:'[^']*'|"[^"]*")$/.test(text) ? unquote(text) : Number(text);
  if (Number.isNaN(wanted)) throw invalid(`'${text}' in the filter is neither a number nor a text in quotes.`);
  return (value) => compares(operator, typeof wanted === 'number' ? Number(value) : String(value), wanted);
}

function compares<T extends string | number>(operator: string, value: T, wanted: T): boolean {
  switch (operator) {
    case '=':
    case '==':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    default:
      return value >= wanted;
  }
}

const unquote = (text: string): string => text.replace(/^(['"`])(.*)\1$/s, '$2');

/** Of a record of ways to read an attribute, the one of a name. */
export function attributeOf<T>(what: string, attributes: Readonly<Record<string, Read<T>>>, name: string): Read<T> {
  const read = Object.hasOwn(attributes, name.toLowerCase()) ? attributes[name.toLowerCase()] : undefined;
  if (!read) throw invalid(`Invalid attribute key '${name}' specified. ${what} have no such attribute; they have ${Object.keys(attributes).join(', ')}.`);
  return read;
}

/** What a tag says: a name that is no own property of the record has no value. */
export const valueIn = <V>(record: Readonly<Record<string, V>>, name: string): V | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);
