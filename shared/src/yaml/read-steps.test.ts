import { describe, expect, it } from 'vitest';
import { readSteps } from './read-steps.ts';

function jobsIn(text: string) {
  const read = readSteps(text);
  if (read.kind !== 'steps') throw new Error(JSON.stringify(read));
  return read.content.document.jobs;
}

describe('steps in a text', () => {
  it('are those of a whole pipeline, with what the pipeline is given', () => {
    const text = 'type: pipeline\ninputs:\n  seed: 7\njobs:\n  a:\n    command: echo\n    inputs: { s: "${{parent.inputs.seed}}" }\n';
    expect(readSteps(text)).toMatchObject({ kind: 'steps', content: { document: { inputs: { seed: 7 }, jobs: { a: { command: 'echo' } } } } });
  });

  it.each([
    ['its jobs alone', 'jobs:\n  a:\n    component: azureml:split:1\n'],
    ['steps by their keys', 'a:\n  component: azureml:split:1\n'],
  ])('may be %s', (_, text) => {
    expect(jobsIn(text)).toEqual({ a: { component: 'azureml:split:1', inputs: {}, outputs: {} } });
  });

  it('may be one step, which keeps its values and is called as what it uses', () => {
    expect(jobsIn('type: command\ncomponent: azureml:split_data:1.2\ninputs:\n  fraction: 0.5\n')).toEqual({
      split_data: { type: 'command', component: 'azureml:split_data:1.2', inputs: { fraction: 0.5 }, outputs: {} },
    });
    expect(jobsIn('component: ./parts/train.yml\n')).toHaveProperty('train');
    expect(jobsIn('$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: echo\n')).toEqual({
      step: { command: 'echo', inputs: {}, outputs: {} },
    });
  });

  it('may be the file of a component, which a step then holds', () => {
    const jobs = jobsIn('name: prep\nversion: 2\ntype: command\ncommand: echo ${{inputs.n}}\ninputs:\n  n: { type: integer }\n');
    expect(jobs['prep']).toMatchObject({ component: { name: 'prep', type: 'command' }, inputs: {} });
  });

  it.each(['', 'hello', 'a note: of mine', '- 1\n- 2', '{"kind":"something"}', 'type: uri_file\npath: ./x.csv\n', 'wrong: [unclosed'])(
    'are not in %j',
    (text) => {
      expect(readSteps(text)).toEqual({ kind: 'other' });
    },
  );

  it('say where they cannot be read', () => {
    expect(readSteps('jobs:\n  a: [\n')).toMatchObject({ kind: 'wrong', message: expect.stringMatching(/^line \d+: /) });
    expect(readSteps('jobs: {}\n')).toEqual({ kind: 'wrong', message: 'there is no step in it' });
    expect(readSteps('jobs:\n  a:\n    command: echo\n    inputs: 3\n')).toMatchObject({ kind: 'wrong' });
  });
});
