import type { z } from 'zod';
import { suggestName } from '../graph/suggest-name.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

export interface DescribedIssue {
  readonly message: string;
  readonly path: (string | number)[];
}

/** What was checked, so that a message can say what stands there instead. */
export interface CheckedValue {
  readonly value: unknown;
}

/** What a schema says of a value, in words that continue a sentence about the place. */
export function describeValue(issue: Issue, value: unknown): DescribedIssue {
  const { predicate, path } = describe(issue, { checked: { value }, at: [] });
  return { message: predicate, path: [...path] };
}

/** What a schema says, in words for the person who wrote it, and the place it is about. `subject` is what to call the whole. */
export function describeIssue(issue: Issue, subject = 'The file', checked?: CheckedValue): DescribedIssue {
  const { predicate, path } = describe(issue, { checked, at: [] });
  return { message: `${path.length === 0 ? subject : path.join('.')} ${predicate}.`, path: [...path] };
}

interface Place {
  readonly checked: CheckedValue | undefined;
  /** The path of the union that the issue is a branch of. */
  readonly at: Path;
}

interface Described {
  readonly predicate: string;
  readonly path: Path;
}

function describe(issue: Issue, { checked, at }: Place): Described {
  const path = [...at, ...keysOf(issue)];
  const found = checked && valueAt(checked.value, path);
  switch (issue.code) {
    case 'invalid_union':
      return describeUnion(issue, { checked, at: path });
    case 'invalid_type': {
      const isMissing = found ? found.value === undefined : issue.message.endsWith('received undefined');
      return { path, predicate: isMissing ? 'is missing' : `must be ${kindNames[issue.expected] ?? `a ${issue.expected}`}${instead(found)}` };
    }
    case 'invalid_value':
      return { path, predicate: oneOf(issue.values.map(String), found) };
    case 'too_small':
      if (issue.origin !== 'number' && issue.origin !== 'int') return { path, predicate: `is not valid: ${issue.message}` };
      return { path, predicate: `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${instead(found)}` };
    case 'too_big':
      if (issue.origin !== 'number' && issue.origin !== 'int') return { path, predicate: `is not valid: ${issue.message}` };
      return { path, predicate: `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${instead(found)}` };
    case 'unrecognized_keys':
      return { path, predicate: `has unknown keys: ${issue.keys.join(', ')}` };
    case 'invalid_key':
      return { path, predicate: 'has a key that is not a name' };
    default:
      return { path, predicate: `is not valid: ${issue.message}` };
  }
}

/** Of the alternatives, the one that got furthest into the value, with the fewest complaints there, is the one that was meant. */
function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>, place: Place): Described {
  // One key says which of the forms it is.
  if ('options' in issue && Array.isArray(issue.options))
    return {
      path: place.at,
      predicate: oneOf(
        issue.options.filter((option) => typeof option === 'string'),
        place.checked && valueAt(place.checked.value, place.at),
      ),
    };
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const [meant] = branches.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
  const deepest = meant ? depthOf(meant) : 0;
  const inner = deepest > 0 ? meant?.find(({ path }) => path.length === deepest) : undefined;
  const path = inner ? [...place.at, ...keysOf(inner)] : place.at;
  const found = place.checked && valueAt(place.checked.value, path);
  // One field may be said to be one of these by one branch and one of those by another.
  const allowed = branches.flat().flatMap((each) => (keysOf(each).join('.') === (inner ? keysOf(inner).join('.') : '') ? allowedBy(each) : []));
  if (allowed.length > 0) return { path, predicate: oneOf(allowed, found) };
  if (inner) return describe(inner, place);
  if (found && found.value === undefined) return { path, predicate: 'is missing' };
  const kinds = [...new Set(branches.flat().flatMap(kindsOf))].filter((kind) => kind !== 'null').map((kind) => kindNames[kind] ?? `a ${kind}`);
  if (kinds.length > 0) return { path, predicate: `must be ${either(kinds)}${instead(found)}` };
  return { path, predicate: found ? `cannot be ${show(found.value)} here` : 'has a form that is not known here' };
}

const depthOf = (branch: readonly Issue[]): number => Math.max(...branch.map(({ path }) => path.length));

const keysOf = (issue: Issue): Path => issue.path.filter((segment) => typeof segment !== 'symbol');

function allowedBy(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap((inner) => (inner.path.length === 0 ? allowedBy(inner) : [])) : [];
}

function kindsOf(issue: Issue): string[] {
  if (issue.path.length > 0) return [];
  if (issue.code === 'invalid_type') return [issue.expected];
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(kindsOf) : [];
}

function oneOf(values: readonly string[], found: CheckedValue | undefined): string {
  const allowed = [...new Set(values)];
  if (found && found.value === undefined) return `is missing: give one of ${allowed.join(', ')}`;
  const meant = typeof found?.value === 'string' ? suggestName(found.value, allowed) : undefined;
  const choice = allowed.length === 1 ? `"${allowed[0]}"` : `one of ${allowed.join(', ')}`;
  return `must be ${choice}${instead(found)}${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
}

const instead = (found: CheckedValue | undefined): string => (found ? `, not ${show(found.value)}` : '');

const kindNames: Readonly<Record<string, string>> = {
  record: 'a map of names',
  object: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function show(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'string' ? `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"` : JSON.stringify(value);
}

const either = (items: readonly string[]): string => (items.length < 3 ? items.join(' or ') : `${items.slice(0, -1).join(', ')}, or ${items.at(-1)}`);

/** Undefined inside is what is not there; the place itself is always an answer. */
function valueAt(root: unknown, path: Path): CheckedValue {
  let value = root;
  for (const segment of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, segment)) return { value: undefined };
    value = Reflect.get(value, segment);
  }
  return { value };
}
