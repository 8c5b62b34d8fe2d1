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
        fix: null,
      },
    ]);
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
});
