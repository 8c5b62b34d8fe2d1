import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What a schema says, in words for the person who wrote the file; with the place it is about. */
export function describeIssue(issue: Issue): { message: string; path: (string | number)[] } {
  const path = issue.path.filter((segment) => typeof segment !== 'symbol');
  const nearest = issue.code === 'invalid_union' ? nearestBranch(issue) : undefined;
  if (nearest) {
    const inner = describeIssue(nearest);
    return { message: inner.message, path: [...path, ...inner.path] };
  }
  return { message: `${subjectOf(path)} ${predicateOf(issue)}.`, path };
}

/** Of the alternatives of a union, the one that got furthest into the value is the one that was meant. */
function nearestBranch(issue: Extract<Issue, { code: 'invalid_union' }>): Issue | undefined {
  const deepest = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0];
  return deepest && deepest.path.length > 0 ? deepest : undefined;
}

function predicateOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'unrecognized_keys':
      return `has unknown keys: ${issue.keys.join(', ')}`;
    case 'invalid_union':
      return 'has a form that is not known here';
    case 'invalid_key':
      return 'has a key that is not a name';
    default:
      return `is not valid: ${issue.message}`;
  }
}

const article = (type: string): string =>
  ({ record: 'a map of names', object: 'a map', array: 'a list', string: 'text', int: 'a whole number' })[type] ?? `a ${type}`;

const subjectOf = (path: readonly (string | number)[]): string => (path.length === 0 ? 'The file' : path.join('.'));
