import type { TrackedRun } from '../store/store.ts';
import { invalid } from './tracking-error.ts';

/** What a search may ask about a run. */
export interface RunFacts {
  readonly run: TrackedRun;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

type Value = string | number | undefined;
type Read = (facts: RunFacts) => Value;

export interface Order {
  readonly read: Read;
  readonly isDescending: boolean;
}

/** `metrics.rmse`, `` params.`max depth` ``, `tags."mlflow.parentRunId"`, `attributes.status`, `status`. */
const field = String.raw`(?:(metrics?|params?|parameters?|tags?|attributes?|attr|run)\.)?(\x60[^\x60]+\x60|"[^"]+"|[\w.\-/]+)`;
const comparison = new RegExp(String.raw`^${field}\s*(!=|<=|>=|=|<|>|\bI?LIKE\b|\bIN\b|\bNOT IN\b)\s*(.+)$`, 'is');
const orderClause = new RegExp(String.raw`^${field}(?:\s+(ASC|DESC))?$`, 'i');

/** MLflow's filter: comparisons joined by AND. */
export function parseFilter(text: string): (facts: RunFacts) => boolean {
  const clauses = splitAtAnd(text).map(parseComparison);
  return (facts) => clauses.every((holds) => holds(facts));
}

export function parseOrder(text: string): Order {
  const match = orderClause.exec(text.trim());
  if (!match?.[2]) throw invalid(`Runs cannot be ordered by '${text}'.`);
  return { read: reader(match[1], match[2]), isDescending: match[3]?.toUpperCase() === 'DESC' };
}

/** As the store lists them, newest first, where nothing else decides; runs without the value come last. */
export function compareBy(orders: readonly Order[]): (a: RunFacts, b: RunFacts) => number {
  return (a, b) => {
    for (const { read, isDescending } of orders) {
      const [left, right] = [read(a), read(b)];
      if (left === right) continue;
      if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
      return (left < right ? -1 : 1) * (isDescending ? -1 : 1);
    }
    return 0;
  };
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

function parseComparison(clause: string): (facts: RunFacts) => boolean {
  const match = comparison.exec(clause);
  if (!match?.[2] || match[3] === undefined || match[4] === undefined)
    throw invalid(`The filter '${clause}' is not a comparison such as metrics.rmse < 1 or params.model = 'tree'.`);
  const read = reader(match[1], match[2]);
  const holds = test(match[3].toUpperCase().replaceAll(/\s+/g, ' '), match[4].trim());
  return (facts) => {
    const value = read(facts);
    return value !== undefined && holds(value);
  };
}

function test(operator: string, text: string): (value: string | number) => boolean {
  if (operator === 'IN' || operator === 'NOT IN') {
    const wanted = [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2]);
    return (value) => wanted.includes(String(value)) === (operator === 'IN');
  }
  if (operator.endsWith('LIKE')) {
    const body = unquote(text)
      .split('%')
      .map((part) => RegExp.escape(part))
      .join('.*');
    const pattern = new RegExp(`^${body}$`, operator === 'ILIKE' ? 'is' : 's');
    return (value) => pattern.test(String(value));
  }
  const wanted = /^['"]/.test(text) ? unquote(text) : Number(text);
  if (Number.isNaN(wanted)) throw invalid(`'${text}' in the filter is neither a number nor a text in quotes.`);
  return (value) => compares(operator, typeof wanted === 'number' ? Number(value) : String(value), wanted);
}

function compares<T extends string | number>(operator: string, value: T, wanted: T): boolean {
  switch (operator) {
    case '=':
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

function reader(group: string | undefined, quoted: string): Read {
  const name = unquote(quoted);
  const kind = (group ?? 'attributes').toLowerCase();
  if (kind.startsWith('metric')) return ({ metrics }) => metrics[name];
  if (kind.startsWith('param')) return ({ params }) => params[name];
  if (kind.startsWith('tag')) return ({ run, tags }) => tags[name] ?? (name === 'mlflow.parentRunId' ? (run.parent ?? undefined) : undefined);
  const read = attributes[name.toLowerCase()];
  if (!read) throw invalid(`Runs have no attribute '${name}'. They have ${Object.keys(attributes).join(', ')}.`);
  return read;
}

const attributes: Readonly<Record<string, Read>> = {
  run_id: ({ run }) => run.id,
  run_name: ({ run }) => run.name || run.step,
  status: ({ run }) => run.status,
  start_time: ({ run }) => run.startedAt,
  created: ({ run }) => run.startedAt,
  end_time: ({ run }) => run.endedAt ?? undefined,
};

const unquote = (text: string): string => text.replace(/^(['"`])(.*)\1$/s, '$2');
