import { describe, expect, it } from 'vitest';
import { Component } from '../component/component.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { describeIssue } from './describe-issue.ts';

function messageOf(value: unknown, schema: typeof Pipeline | typeof Component = Pipeline): string {
  const parsed = schema.safeParse(value);
  const [issue] = parsed.success ? [] : parsed.error.issues;
  if (!issue) throw new Error('expected the schema to refuse it');
  return describeIssue(issue, 'The file', { value }).message;
}
const step = (more: Record<string, unknown>) => ({ jobs: { a: { command: 'x', ...more } } });

describe('describeIssue', () => {
  it.each([
    ['a value of another kind', { jobs: { a: { command: 5 } } }, 'jobs.a.command must be text, not 5.'],
    ['a list for a map', step({ inputs: [1] }), 'jobs.a.inputs must be a map of names, not a list.'],
    ['what fits no form', step({ inputs: { x: [1] } }), 'jobs.a.inputs.x must be a map, text, a number, or true or false, not a list.'],
    ['what is missing in the nearest form', step({ inputs: { x: { type: 'uri_file' } } }), 'jobs.a.inputs.x.path is missing.'],
    ['a word that is not one of those allowed', step({ outputs: { x: { type: 'urifile' } } }), '(did you mean "uri_file"?)'],
    ['a kind that is not known', { jobs: { a: { component: { type: 'shark', command: 'x' } } } }, 'jobs.a.component.type must be one of command, parallel, '],
    ['a kind that is nearly one', { jobs: { a: { component: { type: 'comand', command: 'x' } } } }, '(did you mean "command"?)'],
    ['nothing where a step belongs', { jobs: { a: null } }, 'jobs.a must be a map, not empty.'],
    ['a list for the whole', [], 'The file must be a map, not a list.'],
  ])('says in words: %s', (_what, value, message) => {
    expect(messageOf(value)).toContain(message);
  });

  it('looks into the ports of a component', () => {
    expect(messageOf({ type: 'command', command: 'x', inputs: { a: { type: 'nope' } } }, Component)).toMatch(
      /^inputs\.a\.type must be one of string, .*, not "nope"\.$/,
    );
    expect(messageOf({ type: 'command' }, Component)).toBe('command is missing.');
  });

  it('does without the value, as when a request is refused', () => {
    const parsed = Pipeline.safeParse({ jobs: { a: { command: 5 } } });
    expect(parsed.error?.issues.map((issue) => describeIssue(issue, 'The request').message)).toEqual(['jobs.a.command must be text.']);
  });
});
