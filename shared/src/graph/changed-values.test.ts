import { describe, expect, it } from 'vitest';
import { Pipeline } from '../pipeline/pipeline.ts';
import { changedValues } from './changed-values.ts';

const jobs = {
  a: { component: 'azureml:filter_rows:1', inputs: { condition: 'x > 1' } },
  b: { component: 'azureml:filter_rows:1', inputs: { condition: 'x > 2', table: '${{parent.jobs.a.outputs.result}}' } },
  c: { command: 'echo ${{inputs.n}}', inputs: { n: 1 } },
};
const before = Pipeline.parse({ type: 'pipeline', jobs });
const { a = expect.fail(), b = expect.fail(), c = expect.fail() } = before.jobs;

const set = (key: string, changes: object): Pipeline => {
  const step = before.jobs[key];
  if (!step) throw new Error(`expected a step ${key}`);
  return { ...before, jobs: { ...before.jobs, [key]: { ...step, ...changes } } };
};
const setInput = (key: string, input: string, value: unknown): Pipeline => set(key, { inputs: { ...before.jobs[key]?.inputs, [input]: value } });

describe('changedValues', () => {
  it('names the steps that were given other values', () => {
    expect(changedValues(before, before)).toEqual([]);
    expect(changedValues(before, setInput('b', 'condition', 'x > 3'))).toEqual(['b']);
    expect(changedValues(before, setInput('a', 'other', 4))).toEqual(['a']);
  });

  it.each([
    ['a wire', setInput('b', 'table', '${{parent.jobs.c.outputs.out}}')],
    ['a wire that is taken away', setInput('b', 'table', 'x.csv')],
    ['what another step was given', setInput('a', 'condition', '${{parent.jobs.b.inputs.condition}}')],
    ['a value of a command in the pipeline, whose ports are made from it', setInput('c', 'n', 'two')],
    ['the name of a step', set('a', { display_name: 'A' })],
    ['an input of the pipeline', { ...before, inputs: { n: 1 } }],
    ['a step less', { ...before, jobs: { a } }],
    ['a step under another key', { ...before, jobs: { a, b, d: c } }],
  ])('is null for %s', (_, now) => expect(changedValues(before, now)).toBeNull());
});
