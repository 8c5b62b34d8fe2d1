import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RunId } from '@pipewright/shared/ids.ts';
import { call, runToEnd } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer, type TestServer } from '../testing/test-server.ts';

const scripts = join(import.meta.dirname, '..', 'testing', 'mlflow');
/** One environment for all that is tried with a client: making it takes the longest. */
const fitting = ['scikit-learn==1.5.*', 'pandas==2.2.*', 'numpy==1.26.*'];
const clients = [
  ['2', ['mlflow-skinny>=2.16,<3', ...fitting]],
  ['3', ['mlflow-skinny>=3,<4', ...fitting]],
] as const;

interface Script {
  readonly name: string;
  readonly args?: string;
  readonly experiment: string;
  readonly requirements: readonly string[];
}

async function runScript(server: TestServer, { name, args = '', experiment, requirements }: Script) {
  const command = `which python > python.txt; python ${join(scripts, name)} ${args}`;
  const document = { type: 'pipeline', jobs: { log: { command, environment: { requirements } } } };
  const { run, steps } = await runToEnd(server, { document, experiment, force: true });
  const folder = join(server.home, 'runs', run.id, 'log', '1');
  const log = await readFile(join(folder, 'log'), 'utf8');
  expect(steps['log']?.status, log).toBe('completed');
  const python = (await readFile(join(folder, 'work', 'python.txt'), 'utf8')).trim();
  return { log, python, run: run.id, logged: await server.store.tracking.ofStep(RunId.parse(run.id), 'log') };
}

/** As a notebook does that only knows the address of the server. */
async function runOutside(server: TestServer, python: string, script: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', MLFLOW_TRACKING_URI: `${server.url}/mlflow` };
  const { stdout } = await promisify(execFile)(python, [join(scripts, script[0] ?? ''), ...script.slice(1)], { env, maxBuffer: 1 << 26 });
  return stdout;
}

describe.each(clients)('the client of MLflow %s', (major, requirements) => {
  const server = sharedTestServer();

  it('logs, nests and searches from a step, and does the rest from a notebook', async () => {
    const { log, logged, python } = await runScript(server(), { name: 'step.py', experiment: 'prices', requirements });
    expect(log).toContain(`mlflow ${major}.`);
    // Clients before MLflow 3 cannot be kept from naming a page of MLflow's.
    if (major === '3') expect(log).not.toContain('View run');
    const last = Object.fromEntries(logged.metrics.map((metric) => [metric.name, metric.last]));
    expect(last).toEqual({ loss: 1 / 3, r2: 0.5, odd: null });
    expect(logged.params).toEqual({ depth: '3', rate: '0.1', kind: 'tree' });

    expect(await runOutside(server(), python, ['notebook.py'])).toContain(`mlflow ${major}.`);
  }, 400_000);

  it('logs, registers, loads and arranges models, in a step and from a notebook', async () => {
    const { log, python, run } = await runScript(server(), { name: 'models.py', args: 'inside', experiment: 'models', requirements });
    expect(log).toContain(`models of mlflow ${major}.`);
    expect(await runOutside(server(), python, ['models.py', 'outside'])).toContain(`models of mlflow ${major}.`);

    const find = async (name: string) => await server().store.assets.find(['model'], name, { label: 'champion' });
    expect(await find('inside')).toMatchObject({ version: '3', type: 'mlflow_model', origin: { run, step: 'log', port: null } });
    expect(await find('outside')).toMatchObject({ version: '3', type: 'mlflow_model', origin: null });
    const tracked = await server().store.tracking.runOfStep({ run, step: 'log' });
    const read = (path: string) => ({ type: 'mlflow_model', path });
    const inputs = { named: read('models:/inside@champion'), logged: read(`runs:/${tracked?.id}/model`) };
    const jobs = { use: { command: 'cat ${{inputs.named}}/MLmodel ${{inputs.logged}}/MLmodel', inputs } };
    const used = await runToEnd(server(), { document: { type: 'pipeline', jobs } });
    expect(used.steps['use']?.status).toBe('completed');
    expect(await call(server(), `/api/runs/${run}/steps/log/logged`)).toMatchObject({
      body: { files: expect.arrayContaining([{ path: 'model/MLmodel', sizeBytes: expect.any(Number) }]) },
    });
  }, 400_000);

  // In version 3 it keeps models with a package more, `skops`.
  if (major === '3') return;
  it('logs what scikit-learn does by itself, with its trials and its model', async () => {
    const { log, logged } = await runScript(server(), { name: 'autologging.py', experiment: 'irises', requirements });
    expect(log).not.toContain('Encountered unexpected error');
    expect(logged.params).toMatchObject({ best_C: expect.any(String), cv: '2' });
    expect(logged.metrics.map(({ name }) => name)).toContain('best_cv_score');
  }, 400_000);
});

describe('a script of azureml-core', () => {
  it('logs, keeps files and registers models without the package', async () => {
    const server = await testServer();
    const data = join(await tempFolder(), 'data.csv');
    await writeFile(data, 'x,y\n1,2\n');
    const step = { command: `python3 ${join(scripts, 'azureml_run.py')}`, inputs: { data: { type: 'uri_file', path: data } } };
    const { steps } = await runToEnd(server, { document: { type: 'pipeline', jobs: { use: step } }, experiment: 'prices' });
    const log = await readFile(join(server.home, 'runs/1/use/1/log'), 'utf8');
    expect(steps['use']?.status, log).toBe('completed');
    expect(log).toContain('shim done');
    expect(await call(server, '/api/runs/1/steps/use/logged')).toMatchObject({
      body: { kind: 'files', files: expect.arrayContaining([{ path: 'confusion.json', sizeBytes: expect.any(Number) }]) },
    });
    expect(await call(server, '/api/runs/1/steps/use/logged/table.json?view=preview')).toMatchObject({ body: { kind: expect.any(String) } });
    expect(await call(server, '/api/runs/1/steps/use/logged/..%2F..%2Flog')).toMatchObject({ status: 404 });
  });
});
