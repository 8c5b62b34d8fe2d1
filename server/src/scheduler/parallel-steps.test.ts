import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StepMetrics } from '@pipewright/shared/http/runs.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { describe, expect, it } from 'vitest';
import { call, runToEnd } from '../testing/api.ts';
import { writeFiles } from '../testing/place.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer } from '../testing/test-server.ts';

const script = `
import argparse, ctypes, os, sys, time
def init():
    global args
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', default='')
    parser.add_argument('--memory')
    args = parser.parse_args()
def run(mini_batch):
    rows = []
    for path in mini_batch:
        text = open(path).read().strip()
        if text == 'slow': time.sleep(60)
        if text == 'dies': os._exit(9)
        if text == 'crashes': ctypes.string_at(0)
        if text == 'leaves a child':
            if os.fork() == 0: time.sleep(20); os._exit(0)
            os._exit(4)
        if text == 'short': continue
        if text == 'once' and not os.path.exists(args.memory):
            open(args.memory, 'w').close()
            raise ValueError('not yet')
        rows.append(args.prefix + text)
    return rows
def shutdown():
    print('put away')
`;

interface Wanted {
  readonly files: Readonly<Record<string, string>>;
  readonly code?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly task?: Readonly<Record<string, unknown>>;
}

describe('a parallel step', () => {
  const server = sharedTestServer();

  async function pipeline({ files, code = {}, settings, task }: Wanted) {
    const folder = await tempFolder();
    const own = Object.fromEntries(Object.entries(code).map(([name, text]) => [`code/${name}`, text]));
    await writeFiles(folder, {
      'code/score.py': script,
      ...own,
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`data/${name}`, `${text}\n`])),
    });
    const memory = join(folder, 'memory');
    const step = {
      type: 'parallel',
      inputs: { files: { type: 'uri_folder', path: join(folder, 'data') }, memory },
      outputs: { rows: { type: 'uri_file' } },
      input_data: '${{inputs.files}}',
      max_concurrency_per_instance: 2,
      ...settings,
      task: {
        type: 'run_function',
        code: join(folder, 'code'),
        entry_script: 'score.py',
        program_arguments: '--prefix hi: --memory ${{inputs.memory}}',
        append_row_to: '${{outputs.rows}}',
        ...task,
      },
    };
    return { document: { type: 'pipeline', jobs: { score: step } } };
  }

  async function run(wanted: Wanted) {
    const { run: ended, steps } = await runToEnd(server(), await pipeline(wanted));
    const step = steps['score'];
    const log = (await (await fetch(`${server().url}/api/runs/${ended.id}/steps/score/logs`)).json()) as { text: string };
    const output = await fetch(`${server().url}/api/runs/${ended.id}/steps/score/outputs/rows`);
    return { run: ended, step, log: log.text, rows: output.ok ? (await output.text()).trim().split('\n') : null };
  }

  it('reads a table of files by itself, whatever is installed as mltable', async () => {
    const files = { 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c', MLTable: 'paths:\n  - file: ./c.txt\n  - file: ./a.txt' };
    const code = { 'mltable/__init__.py': 'def load(*given):\n    raise SystemExit("another reader")\n' };
    const { step, rows } = await run({ files, code });
    expect(step).toMatchObject({ status: 'completed' });
    expect(rows?.toSorted()).toEqual(['hi:a', 'hi:c']);
  });

  const lastMetrics = async (id: string) => {
    const { body } = await call(server(), `/api/runs/${id}/steps/score/metrics`);
    return Object.fromEntries(StepMetrics.parse(body).metrics.map((metric) => [metric.name, metric.last]));
  };

  it('works on mini-batches of files, in processes that load the script once, and puts the rows together in order', async () => {
    const files = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`f${index}.txt`, `t${index}`]));
    const { step, log, rows, run: ended } = await run({ files, settings: { mini_batch_size: '3' } });
    expect(step).toMatchObject({ status: 'completed' });
    expect(rows).toEqual(['hi:t0', 'hi:t1', 'hi:t2', 'hi:t3', 'hi:t4', 'hi:t5', 'hi:t6']);
    expect(log).toContain('parallel: 3 mini-batches');
    expect(log).toContain('put away');
    expect(await lastMetrics(ended.id)).toEqual({ mini_batches_total: 3, mini_batches_done: 3, mini_batches_failed: 0 });
  });

  it('tries a mini-batch again, and in a new process where the old one died', async () => {
    const { step, log, rows } = await run({ files: { a: 'once', b: 'fine' } });
    expect({ status: step?.status, rows }).toEqual({ status: 'completed', rows: ['hi:once', 'hi:fine'] });
    expect(log).toMatch(/failed and is tried again \(1 of 2\): ValueError: not yet/);
    const died = await run({ files: { a: 'dies', b: 'fine' }, settings: { retry_settings: { max_retries: 1 } } });
    expect({ status: died.step?.status, rows: died.rows }).toEqual({ status: 'completed', rows: ['hi:fine'] });
    expect(died.log).toContain('its process ended with 9');
  });

  it('survives a process that crashes, and hears of its end where another one holds its connection', async () => {
    const settings = { retry_settings: { max_retries: 0, timeout: 60 } };
    const { step, log, rows } = await run({ files: { a: 'crashes', b: 'leaves a child', c: 'fine' }, settings });
    expect({ status: step?.status, rows }).toEqual({ status: 'completed', rows: ['hi:fine'] });
    expect(log).toContain('its process was ended by SIGSEGV');
    expect(log).toContain('its process ended with 4');
  });

  it('says that mini-batches of a folder are so many files each', async () => {
    expect((await run({ files: { a: 'x' }, settings: { mini_batch_size: '10kb' } })).step).toMatchObject({
      status: 'failed',
      failure: { lastLines: expect.arrayContaining([expect.stringContaining('mini_batch_size "10kb" is no number of files')]) },
    });
  });

  it('ends a run of a mini-batch that takes too long', async () => {
    const { step, log, rows } = await run({ files: { a: 'slow', b: 'fine' }, settings: { retry_settings: { max_retries: 0, timeout: 1 } } });
    expect({ status: step?.status, rows }).toEqual({ status: 'completed', rows: ['hi:fine'] });
    expect(log).toContain('run() was not through after 1 s and was ended');
  });

  it('fails when more goes wrong than is allowed, and says which limit it was', async () => {
    const files = { a: 'short', b: 'fine' };
    const retry_settings = { max_retries: 0 };
    expect((await run({ files, settings: { retry_settings } })).step).toMatchObject({ status: 'completed' });
    const failed = await run({ files, settings: { retry_settings, mini_batch_error_threshold: 0, max_concurrency_per_instance: 1 } });
    expect(failed.step).toMatchObject({
      status: 'failed',
      failure: { lastLines: expect.arrayContaining([expect.stringContaining('mini_batch_error_threshold allows 0')]) },
    });
    expect(await lastMetrics(failed.run.id)).toEqual({ mini_batches_total: 2, mini_batches_done: 0, mini_batches_failed: 1 });
    expect((await run({ files, settings: { retry_settings }, task: { program_arguments: '--allowed_failed_percent 10' } })).step).toMatchObject({
      failure: { lastLines: expect.arrayContaining([expect.stringContaining('allowed_failed_percent is 10')]) },
    });
  });

  it('says what is wrong with the script', async () => {
    expect((await run({ files: { a: 'x' }, task: { entry_script: 'other.py' } })).step).toMatchObject({
      status: 'failed',
      failure: { lastLines: expect.arrayContaining([expect.stringContaining('the entry script other.py is not in the code folder')]) },
    });
    expect((await run({ files: { a: 'x' }, task: { program_arguments: '--unknown 1' } })).step).toMatchObject({ status: 'failed' });
  });

  it('is told what is missing before it runs', async () => {
    const { document } = await pipeline({ files: { a: 'x' }, settings: { input_data: 'files' } });
    expect((await call(server(), '/api/plan', { body: { document } })).body).toMatchObject({
      problems: [{ severity: 'error', step: 'score', path: ['jobs', 'score', 'input_data'], message: expect.stringContaining('${{inputs.NAME}}') }],
    } satisfies { problems: Partial<Problem>[] });
  });

  it('may be a component, whose settings the step can override', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      'code/score.py': script,
      'data/a': 'one\n',
      'data/b': 'two\n',
      'score.yml': `$schema: https://example.org/latest/parallelComponent.schema.json
type: parallel
name: score
version: 1
inputs:
  files: { type: uri_folder }
  prefix: { type: string, default: "c:" }
outputs:
  rows: { type: uri_file }
input_data: \${{inputs.files}}
mini_batch_size: 1
task:
  type: run_function
  code: ./code
  entry_script: score.py
  program_arguments: --prefix \${{inputs.prefix}}
  append_row_to: \${{outputs.rows}}
`,
      'pipeline.yml':
        'type: pipeline\njobs:\n  score:\n    component: ./score.yml\n    mini_batch_size: 5\n    inputs: { files: { type: uri_folder, path: ./data } }\n',
    });
    const { run: ended } = await runToEnd(server(), { file: join(folder, 'pipeline.yml') });
    const output = await fetch(`${server().url}/api/runs/${ended.id}/steps/score/outputs/rows`);
    expect(await output.text()).toBe('c:one\nc:two\n');
    const { text } = (await (await fetch(`${server().url}/api/runs/${ended.id}/steps/score/logs`)).json()) as { text: string };
    expect(text).toContain('parallel: 1 mini-batch\n');
    expect(await readFile(join(folder, 'data/a'), 'utf8')).toBe('one\n');
  });
});

describe('a script that was written for Azure', () => {
  const server = sharedTestServer();

  it('finds the variables it asks for, and a run to log to where azureml-core is not installed', async () => {
    const code = await tempFolder();
    await writeFiles(code, {
      'train.py': `
import os
from azureml.core import Run
run = Run.get_context()
for value in (3, 2, 1):
    run.log('loss', value)
run.log_row('scores', a=1, b=2)
run.tag('kind', 'tree')
print(run.experiment.name, os.environ['AZUREML_EXPERIMENT_NAME'], os.environ['AZUREML_RUN_ID'] == run.id, os.environ['AZUREML_PARAMETER_rate'])
try:
    from azureml.core import Webservice
except ImportError as error:
    print(error)
`,
    });
    const jobs = { train: { command: 'python train.py ${{inputs.rate}}', code, inputs: { rate: 0.5 } } };
    const { run } = await runToEnd(server(), { document: { type: 'pipeline', experiment_name: 'azure', jobs } });
    expect(run).toMatchObject({ status: 'completed' });
    const { body } = await call(server(), `/api/runs/${run.id}/steps/train/metrics`);
    expect(StepMetrics.parse(body).metrics.map(({ name, last }) => [name, last])).toEqual(
      expect.arrayContaining([
        ['loss', 1],
        ['scores/a', 1],
        ['scores/b', 2],
      ]),
    );
    const { text } = (await (await fetch(`${server().url}/api/runs/${run.id}/steps/train/logs`)).json()) as { text: string };
    expect(text).toContain('azure azure True 0.5');
    expect(text).toContain('azureml.core.Webservice is part of the package azureml-core');
  });
});
