import { join } from 'node:path';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import { describe, expect, it } from 'vitest';
import { call, finishedRun, runToEnd } from '../testing/api.ts';
import { writeFiles } from '../testing/place.ts';
import { runCli } from '../testing/run-cli.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer } from '../testing/test-server.ts';

const pipeline = `type: pipeline
inputs:
  month: 0755
  year: 1
  open:
  word: { type: string, default: x }
jobs:
  inner:
    type: pipeline
    component: ./inner.yml
    inputs: { open: '\${{parent.inputs.open}}' }
  say:
    component:
      command: echo \${{inputs.month}} \${{inputs.year}} \${{inputs.open}} \${{inputs.word}} \${{inputs.text}}
      inputs:
        month: { type: integer }
        year: { type: integer }
        open: { type: number }
        word: { type: integer }
        text: { type: string }
    inputs:
      month: \${{parent.inputs.month}}
      year: \${{parent.inputs.year}}
      open: \${{parent.inputs.open}}
      word: \${{parent.inputs.word}}
      text: \${{parent.inputs.open}}
`;
const inner = `type: pipeline
name: inner
inputs: { open: { type: integer } }
jobs:
  say:
    component: { command: 'echo \${{inputs.open}}', inputs: { open: { type: integer } } }
    inputs: { open: '\${{parent.inputs.open}}' }
`;

async function project(): Promise<string> {
  const folder = await tempFolder();
  await writeFiles(folder, { 'p.yml': pipeline, 'inner.yml': inner });
  return join(folder, 'p.yml');
}

describe('texts that are given for inputs, and not in a file', () => {
  const server = sharedTestServer();
  const printed = async (run: string, step = 'say'): Promise<string | undefined> => {
    const { body } = await call(server(), `/api/runs/${run}/steps/${encodeURIComponent(step)}/logs`);
    return (body as { text: string }).text.split('\n').at(-2);
  };

  it('are decimal numbers where a number is taken, whatever is declared, and the text elsewhere', async () => {
    const { run } = await runToEnd(server(), { file: await project(), inputs: { year: '010', open: '010', word: '0755' } });
    expect([await printed(run.id), await printed(run.id, 'inner/say')]).toEqual(['493 10 10 755 010', '10']);
    const { run: other } = await runToEnd(server(), { file: await project(), inputs: { month: '0755', open: '1e1', word: '7' } });
    expect(await printed(other.id)).toBe('755 1 10 7 1e1');
  });

  it('are so when a part of the run is done again', async () => {
    const { run } = await runToEnd(server(), { file: await project(), inputs: { open: '010', word: '7' } });
    const again = RunSummary.parse((await call(server(), `/api/runs/${run.id}/resume`, { body: { only: ['say'], force: true } })).body);
    await finishedRun(server(), again.id);
    expect(await printed(again.id)).toBe('493 1 10 7 010');
  });

  it.each([
    ['--set n=9', 'error The pipeline input n must be between 1 and 5, not 9.'],
    ['--set n=some', 'error The pipeline input n must be a whole number, not "some".'],
  ])('are refused where the input of the pipeline declares others, whatever reads it: %s', async (flags, message) => {
    const folder = await tempFolder();
    const declared = 'inputs: { n: { type: integer, default: 3, min: 1, max: 5 }, word: { type: string, enum: [a], default: a } }';
    const steps = 'jobs: { say: { command: "echo ${{inputs.n}}", inputs: { n: "${{parent.inputs.n}}" } } }';
    await writeFiles(folder, { 'p.yml': `type: pipeline\n${declared}\n${steps}\n` });
    const end = await runCli(['plan', 'p.yml', ...flags.split(' ')], { home: join(folder, 'home'), cwd: folder });
    expect(end).toMatchObject({ status: 2, stderr: expect.stringContaining(`p.yml:2:11: ${message}`) });
  });

  it.each([
    ['year', '1:30', 'must be a whole number, not "1:30"'],
    ['open', '1_000', 'must be a number, not "1_000"'],
    ['word', '1:30', 'must be a whole number, not "1:30"'],
  ])('are no numbers where only a file of an older YAML has one: %s=%s', async (name, value, message) => {
    const file = await project();
    const end = await runCli(['plan', file, '--set', 'open=1', '--set', 'word=1', '--set', `${name}=${value}`], {
      home: join(file, '../home'),
      cwd: join(file, '..'),
    });
    expect(end).toMatchObject({ status: 2, stderr: expect.stringContaining(message) });
  });
});
