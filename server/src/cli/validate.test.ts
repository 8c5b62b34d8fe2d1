import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPlace, twoSteps } from '../testing/place.ts';
import { readJson, runCli } from '../testing/run-cli.ts';

describe('pipewright validate', () => {
  it('prints FILE:LINE:COLUMN and ends with 2 where there is an error', async () => {
    const at = await createPlace({ 'wrong.yml': 'jobs:\n  a:\n    command: cat ${{inputs.sorce}}\n    inputs:\n      source: x\n' });
    const end = await runCli(['validate', 'wrong.yml'], at);
    expect(end).toMatchObject({ status: 2, stdout: expect.stringMatching(/^wrong\.yml:3:5: error The command of a uses .* Did you mean "source"\?\n$/) });
    const printed = readJson(await runCli(['validate', 'wrong.yml', '--json'], at));
    expect(printed.problems).toEqual([
      {
        severity: 'error',
        code: 'undeclared-placeholder',
        message: expect.any(String),
        file: join(at.cwd, 'wrong.yml'),
        line: 3,
        column: 5,
        step: 'a',
        port: 'sorce',
        fix: 'Write source',
      },
    ]);
  });

  it('says that a file is not there, and what is wrong in the others', async () => {
    const at = await createPlace({ 'yaml.yml': 'jobs: [' });
    const end = await runCli(['validate', 'gone.yml', 'yaml.yml'], at);
    expect(end).toMatchObject({ status: 2, stdout: expect.stringMatching(/^gone\.yml:1:1: error The file does not exist .*\nyaml\.yml:1:8: error/) });
    expect((await runCli(['validate', '.'], at)).stdout).toContain('This is a folder: name the files in it');
    expect(readJson(await runCli(['validate', 'gone.yml', '--json'], at)).problems).toMatchObject([{ code: 'missing-file', file: join(at.cwd, 'gone.yml') }]);
  });

  it('finds what is wrong in pipelines and components, each where it stands', async () => {
    const at = await createPlace({
      'yaml.yml': 'jobs: [',
      'twice.yml': 'jobs:\n  a: { command: x }\n  a: { command: y }\n',
      'unknown.yml': 'jobs:\n  a: { component: "azureml:nothing:1" }\n',
      'cycle.yml': 'jobs:\n  a: { command: "x", inputs: { i: "${{parent.jobs.a.outputs.o}}" }, outputs: { o: } }\n',
      'component.yml': 'type: command\ncommand: x\ninputs:\n  n: { type: numbr }\n',
    });
    const end = await runCli(['validate', 'yaml.yml', 'twice.yml', 'unknown.yml', 'cycle.yml', 'component.yml'], at);
    expect(end.status).toBe(2);
    expect(end.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^yaml\.yml:1:8: error This is not readable YAML/),
      expect.stringMatching(/^twice\.yml:3:3: error .*second time/),
      expect.stringMatching(/^unknown\.yml:2:8: warning .*not registered here/),
      expect.stringMatching(/^cycle\.yml:2:3: error .*a → a/),
      expect.stringMatching(/^component\.yml:4:8: error inputs\.n\.type must be one of .*did you mean "number"/),
    ]);
  });

  it('only warns of what is missing on this machine', async () => {
    const at = await createPlace({ 'far.yml': twoSteps.replace('./in.txt', './gone.txt') });
    expect(await runCli(['validate', 'far.yml', 'two.yml'], at)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^far\.yml:\d+:\d+: warning The data .*gone\.txt/),
    });
    expect(await runCli(['run', 'far.yml'], at)).toMatchObject({ status: 2, stderr: expect.stringMatching(/far\.yml:\d+:\d+: error The data/) });
  });

  it('takes every kind of file as what it is', async () => {
    const at = await createPlace({
      'sweep.yml':
        'type: sweep\ntrial: { command: "echo ${{inputs.a}} ${{search_space.b}}" }\ninputs: { a: 0.5 }\nsearch_space: { b: { type: choice, values: [1] } }\nobjective: { goal: minimize, primary_metric: loss }\n',
      'job.yml': 'command: echo hello > ${{outputs.said}}/it.txt\noutputs:\n  said:\n',
      'data.yml': '$schema: https://example.org/latest/data.schema.json\nname: d\npath: ./in.txt\ntype: uri_file\n',
      'far.yml': '$schema: https://example.org/latest/data.schema.json\nname: d\npath: azureml://datastores/x/paths/y\n',
      'model.yml': '$schema: https://example.org/latest/model.schema.json\nname: m\ntype: mlflow_model\npath: ./gone\n',
      'env.yml': 'name: e\nimage: x\nconda_file: ./gone.yml\n',
      'wrong.yml': '$schema: https://example.org/latest/environment.schema.json\nname: e\nimage: [x]\n',
      'flow.dag.yml': '$schema: https://example.org/latest/flow.schema.json\ninputs:\n  chat: { type: list }\nnodes: []\n',
    });
    const fine = await runCli(['validate', 'sweep.yml', 'job.yml', 'data.yml', 'far.yml', 'model.yml', 'env.yml'], at);
    expect(fine.status).toBe(0);
    expect(fine.stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^model\.yml:4:1: warning The model \.\/gone does not exist/),
      expect.stringMatching(/^env\.yml:3:1: warning The conda file \.\/gone\.yml does not exist/),
    ]);
    const wrong = await runCli(['validate', 'wrong.yml', 'flow.dag.yml'], at);
    expect(wrong.status).toBe(2);
    expect(wrong.stdout.trimEnd().split('\n')).toEqual([
      'wrong.yml:3:1: error image must be text, not a list.',
      'flow.dag.yml:1:1: error The file is a prompt flow, which runs in Azure only.',
    ]);
  });
});
