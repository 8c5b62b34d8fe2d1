import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RunId } from '@pipewright/shared/ids.ts';
import { call, runToEnd } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer, type TestServer } from '../testing/test-server.ts';

const scripts = join(import.meta.dirname, '..', 'testing', 'mlflow');
const clients = [
  ['2', ['mlflow-skinny>=2.16,<3']],
  ['3', ['mlflow-skinny>=3,<4']],
] as const;

interface Script {
  readonly text: string;
  readonly requirements: readonly string[];
}

async function runScript(server: TestServer, { text, requirements }: Script) {
  const file = join(await tempFolder(), 'script.py');
  await writeFile(file, text);
  const document = { type: 'pipeline', jobs: { log: { command: `which python > python.txt; python ${file}`, environment: { requirements } } } };
  const { run, steps } = await runToEnd(server, { document, experiment: 'prices', force: true });
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
  it('logs, nests and searches from a step, and does the rest from a notebook', async () => {
    const server = await testServer();
    const { log, logged, python } = await runScript(server, { text: await readFile(join(scripts, 'step.py'), 'utf8'), requirements });
    expect(log).toContain(`mlflow ${major}.`);
    // Clients before MLflow 3 cannot be kept from naming a page of MLflow's.
    if (major === '3') expect(log).not.toContain('View run');
    const last = Object.fromEntries(logged.metrics.map((metric) => [metric.name, metric.last]));
    expect(last).toEqual({ loss: 1 / 3, r2: 0.5, odd: null });
    expect(logged.params).toEqual({ depth: '3', rate: '0.1', kind: 'tree' });

    expect(await runOutside(server, python, ['notebook.py'])).toContain(`mlflow ${major}.`);
  }, 400_000);
});

it('logs what scikit-learn does by itself, with its trials and its model', async () => {
  const text = await readFile(join(scripts, 'autologging.py'), 'utf8');
  const requirements = ['mlflow-skinny>=2.16,<3', 'scikit-learn==1.5.*', 'pandas==2.2.*', 'numpy==1.26.*'];
  const { log, logged } = await runScript(await testServer(), { text, requirements });
  expect(log).not.toContain('Encountered unexpected error');
  expect(logged.params).toMatchObject({ best_C: expect.any(String), cv: '2' });
  expect(logged.metrics.map(({ name }) => name)).toContain('best_cv_score');
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
