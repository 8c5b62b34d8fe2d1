import { watch } from 'node:fs/promises';
import { RunMetrics, StepMetrics } from '@pipewright/shared/http/runs.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { describe, expect, it } from 'vitest';
import { call, finishedRun, runToEnd, stepReaches } from '../testing/api.ts';
import { writeFiles } from '../testing/place.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer } from '../testing/test-server.ts';

/** Logs what the second argument says, point by point, to the tracking endpoint; then waits for ever, if it is to. */
const script = `
import json, os, sys, time, urllib.request
def log(value, key='score'):
    body = json.dumps({'run_id': os.environ['MLFLOW_RUN_ID'], 'metrics': [{'key': key, 'value': value, 'timestamp': 1}]}).encode()
    request = urllib.request.Request(os.environ['MLFLOW_TRACKING_URI'] + '/api/2.0/mlflow/runs/log-batch', body, {'Content-Type': 'application/json'})
    urllib.request.urlopen(request).read()
kind, value, out = sys.argv[1], float(sys.argv[2]), sys.argv[3]
if kind == 'fails': sys.exit(3)
if kind == 'other': log(value, 'scores')
elif kind != 'silent': log(value)
if kind == 'hangs': time.sleep(600)
open(os.path.join(out, 'model'), 'w').write(f'{kind} {value}')
`;

type Fields = Record<string, unknown>;

describe('a sweep', () => {
  const server = sharedTestServer();

  async function pipeline(fields: Fields, more: Fields = {}) {
    const folder = await tempFolder();
    await writeFiles(folder, { 'train.py': script });
    const tune = {
      type: 'sweep',
      trial: { type: 'command', code: folder, command: 'python train.py ${{search_space.kind}} ${{search_space.value}} ${{outputs.model}}' },
      outputs: { model: '${{parent.outputs.best}}' },
      sampling_algorithm: 'grid',
      objective: { primary_metric: 'score', goal: 'maximize' },
      limits: { max_concurrent_trials: 2 },
      ...fields,
    };
    const use = { command: 'cat ${{inputs.model}}/model', inputs: { model: '${{parent.jobs.tune.outputs.model}}' } };
    return { document: { type: 'pipeline', outputs: { best: null }, jobs: { tune, use }, ...more } };
  }
  const choice = (...values: unknown[]) => ({ type: 'choice', values });
  const space = (kinds: readonly string[], values: readonly number[]) => ({ kind: choice(...kinds), value: choice(...values) });
  const logOf = async (run: string, step: string): Promise<string> =>
    ((await (await fetch(`${server().url}/api/runs/${run}/steps/${encodeURIComponent(step)}/logs`)).json()) as { text: string }).text;
  const trialsOf = (steps: Record<string, StepRun>): Record<string, string> =>
    Object.fromEntries(Object.entries(steps).flatMap(([key, { status }]) => (key.startsWith('tune/') ? [[key, status]] : [])));

  it('runs a trial for each set of values and hands on the outputs of the best', async () => {
    const { run, steps } = await runToEnd(server(), await pipeline({ search_space: space(['good'], [0.25, 0.5, 0.125]) }));
    expect(run).toMatchObject({ status: 'completed' });
    expect(steps['tune']).toMatchObject({
      status: 'completed',
      items: { total: 3, ended: 3, failed: 0 },
      best: { step: 'tune/2', metric: 'score', value: 0.5 },
      notes: [expect.stringContaining('tune/2 was the best of 3 trials')],
    });
    expect(await logOf(run.id, 'use')).toContain('good 0.5');
    const { body } = await call(server(), `/api/runs/${run.id}/steps/tune/metrics`);
    expect(StepMetrics.parse(body).metrics).toMatchObject([{ name: 'score', last: 0.5 }]);
    const { items } = RunMetrics.parse((await call(server(), `/api/runs/${run.id}/metrics`)).body);
    expect(items.find(({ step }) => step === 'tune')?.metrics).toEqual([{ name: 'score', last: 0.5, pointCount: 1 }]);
    expect((await call(server(), `/api/runs/${run.id}/steps/tune/trials`)).body).toMatchObject({
      metric: 'score',
      goal: 'maximize',
      parameters: ['kind', 'value'],
      best: 'tune/2',
      items: [
        { key: 'tune/1', values: { kind: 'good', value: 0.25 }, status: 'completed', result: 0.25, points: [{ step: 0, value: 0.25 }] },
        { result: 0.5, points: [{ step: 0, value: 0.5 }] },
        { result: 0.125 },
      ],
    });
    expect((await call(server(), `/api/runs/${run.id}/steps/use/trials`)).status).toBe(404);
  });

  it('is quick where all of its trials ran before, and adds those that did not', async () => {
    const first = await pipeline({ search_space: space(['again'], [1, 2]) });
    await runToEnd(server(), first);
    const tune = { ...first.document.jobs.tune, search_space: space(['again'], [1, 2, 3]) };
    const { steps } = await runToEnd(server(), { document: { ...first.document, jobs: { ...first.document.jobs, tune } } });
    expect(trialsOf(steps)).toEqual({ 'tune/1': 'reused', 'tune/2': 'reused', 'tune/3': 'completed' });
    expect(steps['tune']).toMatchObject({ best: { step: 'tune/3', value: 3 } });
  });

  it('is planned by what its trials have in common, not by what they try', async () => {
    const { document } = await pipeline({ search_space: space(['good'], [1, 2]), outputs: { model: null } });
    const { tune } = document.jobs;
    const trial = { ...tune.trial, inputs: { value: { type: 'number', default: 5 } } };
    const withSweep = (fields: Fields) => ({ document: { type: 'pipeline', jobs: { planned: { ...tune, trial, ...fields } } } });
    const planOf = async (fields: Fields) => {
      const { body } = await call(server(), '/api/plan', { body: withSweep(fields) });
      return Plan.parse(body).steps.map(({ decision, reasons }) => [decision, ...reasons.map(({ code }) => code)]);
    };
    expect(await planOf({})).toEqual([['run', 'never-ran']]);
    await runToEnd(server(), withSweep({}));
    expect(await planOf({})).toEqual([['reuse', 'same']]);
    // All of its trials are remembered, and yet another one of them may be the best.
    expect(await planOf({ objective: { primary_metric: 'score', goal: 'minimize' } })).toEqual([['run-or-reuse', 'per-item']]);
    // A step that has not run before finds the trials of another one.
    const elsewhere = { document: { type: 'pipeline', jobs: { elsewhere: { ...tune, trial } } } };
    expect(Plan.parse((await call(server(), '/api/plan', { body: elsewhere })).body).steps[0]?.reasons).toMatchObject([{ code: 'per-item' }]);
    expect(await planOf({ search_space: space(['good'], [2, 3]) })).toEqual([['run-or-reuse', 'per-item']]);
    expect(await planOf({ trial: { ...trial, environment_variables: { MORE: '1' } } })).toEqual([['run-or-reuse', 'environment-changed']]);
    expect(await planOf({ reuse: 'never' })).toEqual([['run', 'never-reused']]);
  });

  it('takes the smallest where that is the goal', async () => {
    const objective = { primary_metric: 'score', goal: 'minimize' };
    const { steps } = await runToEnd(server(), await pipeline({ objective, search_space: space(['good'], [3, 2, 4]) }));
    expect(steps['tune']).toMatchObject({ best: { step: 'tune/2', value: 2 } });
  });

  it('needs one good trial, and says what became of the others', async () => {
    const some = await runToEnd(server(), await pipeline({ search_space: space(['fails', 'good'], [7]) }));
    expect(some.steps['tune']).toMatchObject({ status: 'completed', items: { total: 2, failed: 1 }, best: { step: 'tune/2' } });
    const none = await runToEnd(server(), await pipeline({ search_space: space(['fails'], [1, 2]) }));
    expect(none.steps).toMatchObject({
      tune: { status: 'failed', failure: { message: expect.stringContaining('2 of 2 trials failed') } },
      use: { status: 'blocked' },
    });
  });

  it('fails where no trial logs the metric, and says which they have logged', async () => {
    const messageOf = async (kind: string): Promise<unknown> => {
      const { steps } = await runToEnd(server(), await pipeline({ search_space: space([kind], [1]) }));
      return steps['tune']?.status === 'failed' ? steps['tune'].failure.message : steps['tune']?.status;
    };
    expect(await messageOf('silent')).toMatch(/has logged score, so none is the best\. They have logged no metric\. .*mlflow\.log_metric\("score", value\)/);
    expect(await messageOf('other')).toContain('They have logged: scores. Did you mean "scores"?');
  });

  it('ends a trial early that does worse than the policy allows', async () => {
    const { document } = await pipeline({
      search_space: { kind: choice('good', 'hangs'), value: choice(10, 5) },
      early_termination: { type: 'bandit', slack_amount: 1 },
    });
    const tune = stepReaches(server(), 'tune/4', ({ status }) => status === 'cancelled');
    const { id } = (await call(server(), '/api/runs', { body: { document } })).body as { id: string };
    // Trials in order: good 10, good 5, hangs 10, hangs 5. The last logs less than the best and hangs; the third logs as much.
    expect(await tune).toMatchObject({ by: expect.stringContaining('bandit: score was 5') });
    await call(server(), `/api/runs/${id}/cancel`, { method: 'POST', body: {} });
    const { steps } = await finishedRun(server(), id);
    expect(trialsOf(steps)).toMatchObject({ 'tune/1': 'completed', 'tune/3': 'cancelled' });
  });

  it('ends when its own time is up, with the best of what was through', async () => {
    const { run, steps } = await runToEnd(
      server(),
      await pipeline({ search_space: space(['good', 'hangs'], [8]), limits: { max_concurrent_trials: 2, timeout: 3 } }),
    );
    expect(run.status).toBe('completed');
    expect(steps).toMatchObject({
      tune: { status: 'completed', best: { step: 'tune/1' }, notes: expect.arrayContaining([expect.stringContaining('The time for the sweep was up')]) },
      'tune/2': { status: 'cancelled', by: expect.stringContaining('time for the sweep') },
    });
  });

  it('ends a trial that takes longer than a trial may', async () => {
    const limits = { max_concurrent_trials: 2, trial_timeout: 3 };
    const { run, steps } = await runToEnd(server(), await pipeline({ search_space: space(['good', 'hangs'], [9]), limits }));
    expect(run).toMatchObject({ status: 'completed', error: null });
    expect(steps).toMatchObject({ tune: { status: 'completed', items: { failed: 1 } }, 'tune/2': { status: 'timed-out' } });
  });

  it('is cancelled with the run', async () => {
    const { document } = await pipeline({ search_space: space(['hangs'], [1, 2, 3]) });
    const reached = stepReaches(server(), 'tune/2', ({ status }) => status === 'running');
    const { id } = (await call(server(), '/api/runs', { body: { document } })).body as { id: string };
    await reached;
    await call(server(), `/api/runs/${id}/cancel`, { method: 'POST', body: {} });
    const { run, steps } = await finishedRun(server(), id);
    expect(run.status).toBe('cancelled');
    expect(steps).toMatchObject({ tune: { status: 'cancelled' }, 'tune/1': { status: 'cancelled' }, 'tune/2': { status: 'cancelled' } });
  });

  it('takes a component as its trial, whose inputs are searched or given', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'train.py': script,
      'train.yml': `type: command
name: train
inputs:
  kind: { type: string }
  value: { type: number, min: 0 }
outputs: { model: { type: uri_folder } }
code: .
command: python train.py \${{inputs.kind}} \${{inputs.value}} \${{outputs.model}}
`,
      'pipeline.yml': `type: pipeline
inputs: { kind: good }
jobs:
  tune:
    type: sweep
    trial: ./train.yml
    inputs: { kind: '\${{parent.inputs.kind}}' }
    search_space: { value: { type: randint, upper: 3 } }
    sampling_algorithm: grid
    objective: { primary_metric: score, goal: maximize }
`,
    });
    const { steps } = await runToEnd(server(), { file: `${folder}/pipeline.yml` });
    expect(steps['tune']).toMatchObject({ status: 'completed', best: { step: 'tune/3', value: 2 } });
  });

  it('asks for scikit-learn where it is to learn from its trials and that is not there', async () => {
    const { document } = await pipeline({ sampling_algorithm: 'bayesian', search_space: space(['good'], [1, 2]) });
    const { steps } = await runToEnd(server(), { document });
    const tune = steps['tune'];
    // The machine's own Python may have it.
    if (tune?.status === 'failed') expect(tune.failure.message).toMatch(/needs scikit-learn in the environment of the trial/);
    else expect(tune).toMatchObject({ status: 'completed', best: { value: 2 } });
  });

  it('is checked before it runs', async () => {
    const { document } = await pipeline({ search_space: { rate: { type: 'unifrom' } }, objective: undefined });
    const { problems } = (await call(server(), '/api/validate', { body: { document } })).body as { problems: unknown[] };
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ severity: 'error', code: 'invalid-sweep', path: ['jobs', 'tune', 'objective'] }),
        expect.objectContaining({ code: 'invalid-sweep', path: expect.arrayContaining(['search_space', 'rate']) }),
      ]),
    );
  });
});

describe('a sweep whose server is stopped', () => {
  it('goes on when it is started again: the trial that ran meanwhile counts, and those that are left are begun', async () => {
    const folder = await tempFolder();
    const home = await tempFolder();
    await writeFiles(folder, { 'train.py': script });
    const wait = `while [ ! -e ${folder}/go ]; do sleep 0.05; done`;
    const tune = {
      type: 'sweep',
      trial: {
        type: 'command',
        code: folder,
        command: `python train.py good \${{search_space.value}} \${{outputs.model}} && touch ${folder}/logged && ${wait}`,
      },
      outputs: { model: '${{parent.outputs.best}}' },
      search_space: { value: { type: 'choice', values: [2, 3, 1] } },
      sampling_algorithm: 'grid',
      objective: { primary_metric: 'score', goal: 'maximize' },
      limits: { max_concurrent_trials: 1 },
    };
    const before = await testServer({ home });
    const hasLogged = fileAppears(folder, 'logged');
    const { body } = await call(before, '/api/runs', { body: { document: { type: 'pipeline', outputs: { best: null }, jobs: { tune } } } });
    await hasLogged;
    await before.close();
    await writeFiles(folder, { go: '' });
    const { run, steps } = await finishedRun(await testServer({ home }), (body as { id: string }).id);
    expect(run.status).toBe('completed');
    expect(steps).toMatchObject({
      tune: { status: 'completed', items: { total: 3, ended: 3, failed: 0 }, best: { step: 'tune/2', value: 3 } },
      'tune/1': { status: 'completed', attempts: 1 },
      'tune/3': { status: 'completed' },
    });
  });
});

async function fileAppears(folder: string, name: string): Promise<void> {
  for await (const { filename } of watch(folder)) if (filename === name) return;
}
