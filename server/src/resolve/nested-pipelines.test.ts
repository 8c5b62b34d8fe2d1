import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { nestedRunsOf } from '@pipewright/shared/run/nested-run.ts';
import { describe, expect, it } from 'vitest';
import { call, runToEnd } from '../testing/api.ts';
import { writeFiles } from '../testing/place.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer } from '../testing/test-server.ts';

const outer = `type: pipeline
inputs:
  rate: 0.5
  raw: { type: uri_file, path: ./raw.txt }
outputs:
  model:
jobs:
  prep:
    command: cp \${{inputs.raw}} \${{outputs.clean}}/clean.txt
    inputs: { raw: '\${{parent.inputs.raw}}' }
    outputs: { clean: }
  train:
    type: pipeline
    component: ./inner/train.yml
    inputs: { rate: '\${{parent.inputs.rate}}', data: '\${{parent.jobs.prep.outputs.clean}}' }
    outputs: { model: '\${{parent.outputs.model}}' }
  report:
    command: cat \${{inputs.model}}/m > \${{outputs.page}}/page
    inputs: { model: '\${{parent.jobs.train.outputs.model}}' }
    outputs: { page: }
`;
const train = `type: pipeline
name: train
inputs:
  rate: { type: number, max: 1 }
  data: { type: uri_folder }
  extra: { type: uri_file, optional: true }
  times: { type: integer, default: 3 }
outputs:
  model: { type: uri_folder }
jobs:
  fit:
    component: ./fit.yml
    inputs:
      rate: \${{parent.inputs.rate}}
      data: \${{parent.inputs.data}}
      extra: \${{parent.inputs.extra}}
      times: \${{parent.inputs.times}}
  deeper:
    component: ./deeper.yml
    inputs: { m: '\${{parent.jobs.fit.outputs.model}}' }
    outputs: { out: '\${{parent.outputs.model}}' }
`;
const fit = `command: echo \${{inputs.rate}} \${{inputs.times}} $[[extra \${{inputs.extra}}]] > \${{outputs.model}}/m; cat \${{inputs.data}}/* >> \${{outputs.model}}/m
inputs:
  rate: { type: number }
  times: { type: integer }
  data: { type: uri_folder }
  extra: { type: uri_file, optional: true }
outputs: { model: { type: uri_folder } }
`;
const deeper = `type: pipeline
inputs: { m: { type: uri_folder } }
outputs: { out: { type: uri_folder } }
jobs:
  last:
    command: cp -r \${{inputs.m}}/. \${{outputs.o}}/; echo deep >> \${{outputs.o}}/m
    inputs: { m: '\${{parent.inputs.m}}' }
    outputs: { o: { mode: upload, path: '\${{parent.outputs.out}}' } }
`;
const all = { 'pipeline.yml': outer, 'raw.txt': 'raw\n', 'inner/train.yml': train, 'inner/fit.yml': fit, 'inner/deeper.yml': deeper };

async function project(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await tempFolder();
  await writeFiles(folder, { ...all, ...files });
  return join(folder, 'pipeline.yml');
}

describe('a pipeline inside a pipeline', () => {
  const server = sharedTestServer();
  const problemsOf = async (file: string): Promise<Problem[]> =>
    ((await call(server(), '/api/validate', { body: { file } })).body as { problems: Problem[] }).problems;

  it('runs its steps under its own key, with defaults, without what is optional, and with its outputs bound through', async () => {
    const { run, steps } = await runToEnd(server(), { file: await project() });
    expect(run).toMatchObject({ status: 'completed', counts: { completed: 4 } });
    expect(Object.keys(steps)).toEqual(['prep', 'train/fit', 'train/deeper/last', 'report']);
    expect(run.snapshot.outputs).toEqual({ model: { step: 'train/deeper/last', output: 'o' } });
    const page = await fetch(`${server().url}/api/runs/${run.id}/steps/report/outputs/page/page`);
    expect(await page.text()).toBe('0.5 3\nraw\ndeep\n');
    expect(nestedRunsOf(run.snapshot, run.steps)).toMatchObject([
      { key: 'train', status: 'completed', outputs: { model: { step: 'train/deeper/last', output: 'o' } } },
      { key: 'train/deeper', status: 'completed', outputs: { out: { step: 'train/deeper/last', output: 'o' } } },
    ]);
    const log = await call(server(), `/api/runs/${run.id}/steps/${encodeURIComponent('train/fit')}/logs`);
    expect(log.status).toBe(200);
  });

  it('is reused step by step, and a change in it is told by the step that it concerns', async () => {
    const file = await project();
    await runToEnd(server(), { file });
    expect((await runToEnd(server(), { file })).run.counts).toEqual({ reused: 4 });
    await writeFiles(join(file, '..'), { 'inner/deeper.yml': deeper.replace('echo deep ', 'echo deeper ') });
    const { steps } = await runToEnd(server(), { file });
    expect(steps).toMatchObject({ 'train/fit': { status: 'reused' }, 'train/deeper/last': { reasons: [{ code: 'command-changed' }] } });
  });

  it('can be run in part, by its own key or by that of a step in it', async () => {
    const file = await project();
    await runToEnd(server(), { file });
    const keysOf = async (part: Record<string, unknown>): Promise<string[]> => Object.keys((await runToEnd(server(), { file, ...part })).steps);
    expect(await keysOf({ only: ['train'] })).toEqual(['prep', 'train/fit', 'train/deeper/last']);
    expect(await keysOf({ to: 'train/fit' })).toEqual(['prep', 'train/fit']);
    expect(await keysOf({ from: 'train/deeper' })).toEqual(['train/fit', 'train/deeper/last', 'report']);
    expect((await call(server(), '/api/plan', { body: { file, only: ['train/fitt'] } })).body).toMatchObject({
      problems: [{ code: 'unknown-step', message: expect.stringContaining('Did you mean "train/fit"') }],
    });
  });

  it('holds its steps to the order and the condition of the step that it is', async () => {
    const ordered = outer
      .replace('  train:\n', '  first:\n    command: echo 7 > ${{outputs.n}}\n    outputs: { n: { type: integer } }\n  train:\n    depends_on: first\n')
      .replace('    type: pipeline\n', '    type: pipeline\n    when: ${{parent.jobs.first.outputs.n}} > 10\n');
    const { run, steps } = await runToEnd(server(), { file: await project({ 'pipeline.yml': ordered }), force: true });
    expect(run.counts).toEqual({ completed: 2, skipped: 3 });
    expect(steps).toMatchObject({
      'train/fit': { why: expect.stringContaining('7') },
      'train/deeper/last': { status: 'skipped' },
      report: { status: 'skipped' },
    });
    expect(nestedRunsOf(run.snapshot, run.steps)).toMatchObject([{ status: 'skipped' }, { status: 'skipped' }]);
  });

  it('asks conditions inside for its own inputs and steps, and others outside for what became of it', async () => {
    const asking = train.replace(
      '    component: ./deeper.yml\n',
      "    component: ./deeper.yml\n    when: ${{parent.inputs.rate}} < 1 and ${{parent.jobs.fit.status}} == 'completed'\n",
    );
    const watching = outer.replace(
      'jobs:\n',
      "jobs:\n  after:\n    when: ${{parent.jobs.train.status}} == 'completed'\n    command: 'true'\n  never:\n    when: failed\n    depends_on: train\n    command: 'true'\n",
    );
    const { steps } = await runToEnd(server(), { file: await project({ 'pipeline.yml': watching, 'inner/train.yml': asking }), force: true });
    expect(steps).toMatchObject({ 'train/deeper/last': { status: 'completed' }, after: { status: 'completed' }, never: { status: 'skipped' } });
  });

  it('shows what is wrong inside with the file and the line where it stands', async () => {
    const file = await project({ 'inner/train.yml': train.replace('jobs.fit.outputs.model', 'jobs.fitt.outputs.model') });
    expect(await problemsOf(file)).toMatchObject([
      { severity: 'error', code: 'unknown-step', step: 'train/deeper', file: join(file, '../inner/train.yml'), line: 20 },
    ]);
  });

  it('checks what a step gives it against what it declares, and hands the value on', async () => {
    expect(await problemsOf(await project({ 'pipeline.yml': outer.replace('rate: 0.5', 'rate: 2') }))).toMatchObject([
      { code: 'out-of-range', step: 'train', port: 'rate', line: 15 },
    ]);
    const missing = await problemsOf(await project({ 'pipeline.yml': outer.replace("rate: '${{parent.inputs.rate}}', ", '') }));
    expect(missing).toMatchObject([{ severity: 'error', code: 'missing-input', step: 'train', port: 'rate' }]);
  });

  it('is held to the range that it declares with its own default, where the step gives no other value, and told of once', async () => {
    const bounded = train.replace('default: 3', 'default: 9, max: 5');
    const file = await project({ 'inner/train.yml': bounded });
    expect(await problemsOf(file)).toMatchObject([
      { severity: 'error', code: 'out-of-range', step: 'train', port: 'times', file: join(file, '../inner/train.yml'), line: 7 },
    ]);
    const giving = (times: number): string => outer.replace("rate: '${{parent.inputs.rate}}'", `times: ${times}, rate: 0.5`);
    expect(await problemsOf(await project({ 'inner/train.yml': bounded, 'pipeline.yml': giving(4) }))).toEqual([]);
    expect(await problemsOf(await project({ 'inner/train.yml': bounded, 'pipeline.yml': giving(7) }))).toMatchObject([
      { code: 'out-of-range', step: 'train', port: 'times', line: 15 },
    ]);
  });

  it('is told of once where it is used twice, by the first place', async () => {
    const twice = `type: pipeline
inputs: { raw: { type: uri_folder, path: . } }
jobs:
  first: { component: ./inner/train.yml, inputs: { rate: 0.5, data: '\${{parent.inputs.raw}}' } }
  second: { component: ./inner/train.yml, inputs: { rate: 0.5, data: '\${{parent.inputs.raw}}' } }
  third: { component: ./inner/train.yml, inputs: { rate: 0.5, times: 7, data: '\${{parent.inputs.raw}}' } }
`;
    const faulty = {
      'pipeline.yml': twice,
      'inner/train.yml': train.replace('default: 3', 'default: 9, max: 5').replace('jobs.fit.outputs', 'jobs.fitt.outputs'),
    };
    expect(await problemsOf(await project(faulty))).toMatchObject([
      { code: 'out-of-range', step: 'third', port: 'times' },
      { code: 'out-of-range', step: 'first', port: 'times', line: 7 },
      { code: 'unknown-step', step: 'first/deeper' },
    ]);
    // Of a part it is told where it is in the part.
    const part = await call(server(), '/api/plan', { body: { file: await project(faulty), only: ['second'] } });
    expect(part.body).toMatchObject({ problems: [{ step: 'second', port: 'times' }, { step: 'second/deeper' }] });
    // What one use gives is that use's own.
    const given = twice.replace('rate: 0.5', 'rate: 0.5, times: 6');
    expect(await problemsOf(await project({ ...faulty, 'pipeline.yml': given }))).toMatchObject([
      { code: 'out-of-range', step: 'first', port: 'times' },
      { code: 'out-of-range', step: 'third', port: 'times' },
      { code: 'unknown-step', step: 'first/deeper' },
      { code: 'out-of-range', step: 'second', port: 'times', line: 7 },
    ]);
  });

  it('refuses one that contains itself, and says by which way', async () => {
    const file = await project({
      'inner/deeper.yml': deeper.replace('jobs:\n', 'jobs:\n  again: { component: ./train.yml, inputs: { rate: 1, data: "${{parent.inputs.m}}" } }\n'),
    });
    expect(await problemsOf(file)).toMatchObject([
      {
        severity: 'error',
        code: 'contains-itself',
        step: 'train/deeper/again',
        message: expect.stringMatching(/contains itself: .*train\.yml → .*deeper\.yml → .*train\.yml/),
      },
    ]);
  });

  it('cannot be a loop or run last, and says so', async () => {
    const wrong = `${outer}settings: { on_finalize: train }\n`.replace(
      '    type: pipeline\n',
      '    type: pipeline\n    retries: 2\n    for_each: { items: [1], input: rate }\n',
    );
    const problems = await problemsOf(await project({ 'pipeline.yml': wrong }));
    expect(problems.filter(({ code }) => code === 'nested-pipeline').map(({ severity }) => severity)).toEqual(['error', 'error', 'warning']);
  });

  it('says of a failure where it was', async () => {
    const { run, steps } = await runToEnd(server(), { file: await project({ 'inner/deeper.yml': deeper.replace('echo deep', 'exit 3; echo deep') }) });
    expect(run).toMatchObject({ status: 'failed' });
    expect(steps).toMatchObject({ 'train/deeper/last': { status: 'failed' }, report: { status: 'blocked', by: ['train/deeper/last'] } });
    expect(nestedRunsOf(run.snapshot, run.steps)).toMatchObject([{ key: 'train', status: 'failed' }, { status: 'failed' }]);
  });

  it('leaves its file as it was for the run', async () => {
    const file = await project();
    const { run } = await runToEnd(server(), { file });
    expect(Object.keys(run.snapshot.nested ?? {})).toEqual(['train', 'train/deeper']);
    expect(run.snapshot.nested?.['train']?.document.jobs).toHaveProperty('fit');
    expect(await readFile(join(file, '../inner/train.yml'), 'utf8')).toBe(train);
  });
});
