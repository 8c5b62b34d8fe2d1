import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, finishedRun, runToEnd, stepReaches } from '../testing/api.ts';
import { isGroupAlive } from '../testing/is-group-alive.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { sharedTestServer, testServer, type TestServer } from '../testing/test-server.ts';

// What any example for Azure ML relies on, point by point, as docs/guide.md lists it for those who write steps. Real processes throughout.

const server = sharedTestServer();
const folder = { out: { type: 'uri_folder' } };
const file = { out: { type: 'uri_file' } };

/** Runs one step and gives its row, what it printed, and where its attempts lie. */
async function runStep(job: Record<string, unknown>, at: TestServer = server()) {
  const { run, steps } = await runToEnd(at, { document: { type: 'pipeline', jobs: { step: { type: 'command', ...job } } } });
  const attempts = join(at.home, 'runs', run.id, 'step');
  const log = await readFile(join(attempts, '1', 'log'), 'utf8').catch(() => '');
  return { run, step: steps['step'], attempts, log };
}

/** A project of files as a person has it; the path of one of them. */
async function project(files: Readonly<Record<string, string>>): Promise<(name: string) => string> {
  const root = await tempFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return (name) => join(root, name);
}

describe('the contract with a step', () => {
  it('1: a path in a file is relative to the file that contains it', async () => {
    const at = await project({
      'pipeline.yml':
        'type: pipeline\njobs:\n  step: { type: command, component: ./parts/count.yml, inputs: { data: { type: uri_file, path: ./data.csv } } }\n',
      'data.csv': 'beside the pipeline\n',
      'parts/count.yml':
        'name: count\nversion: "1"\ntype: command\ncode: ../src\ncommand: cat ${{inputs.data}} own.txt\ninputs: { data: { type: uri_file } }\nenvironment: ../env/own.yml\n',
      'src/own.txt': 'beside the component\n',
      'env/own.yml': 'requirements: []\nvariables: { WHERE: beside }\n',
    });
    const { run } = await runToEnd(server(), { file: at('pipeline.yml') });
    expect(run.error).toBeNull();
    expect(await readFile(join(server().home, 'runs', run.id, 'step/1/log'), 'utf8')).toBe('beside the pipeline\nbeside the component\n');
  });

  it('2: the working folder is a fresh copy of the code for each attempt, with what it includes, and has outputs/ and logs/', async () => {
    const at = await project({
      'pipeline.yml': 'type: pipeline\njobs:\n  step: { type: command, component: ./part.yml, retries: { count: 1, backoff: 0.01 } }\n',
      'part.yml':
        'name: part\nversion: "1"\ntype: command\ncode: ./src\ncommand: ls -d *; [ -d outputs ] && [ -d logs ] && echo mine > own.txt && exit 3\nadditional_includes: [./common]\n',
      'src/own.txt': 'as it was\n',
      'common/shared.py': '',
    });
    const { run, steps } = await runToEnd(server(), { file: at('pipeline.yml') });
    expect(steps['step']).toMatchObject({ status: 'failed', attempts: 2, failure: { exitCode: 3 } });
    const logs = [1, 2].map(async (attempt) => await readFile(join(server().home, 'runs', run.id, 'step', String(attempt), 'log'), 'utf8'));
    expect(await Promise.all(logs)).toEqual(Array.from({ length: 2 }, () => 'common\nlogs\noutputs\nown.txt\n'));
    expect(await readFile(at('src/own.txt'), 'utf8')).toBe('as it was\n');
  });

  it('3: a folder output is there and empty before each attempt, of a file output the parent only', async () => {
    const look = 'ls -A ${{outputs.all}} | wc -l; [ -e ${{outputs.one}} ] || echo none; [ -d $(dirname ${{outputs.one}}) ] && echo parent';
    const write = 'touch ${{outputs.all}}/c ${{outputs.all}}/a ${{outputs.all}}/b; echo x > ${{outputs.one}}';
    const outputs = { all: { type: 'uri_folder' }, one: { type: 'uri_file' } };
    const { attempts, step } = await runStep({ command: `${look}; ${write}; [ -e ../../1/again ] || { touch ../../1/again; exit 1; }`, outputs, retries: 1 });
    expect(step).toMatchObject({ status: 'completed', attempts: 2 });
    for (const attempt of ['1', '2']) expect(await readFile(join(attempts, attempt, 'log'), 'utf8')).toBe('0\nnone\nparent\n');
  });

  it('4: optional parts go with their inputs, placeholders become raw text, and bash runs the result', async () => {
    const command = 'echo $[[--gone ${{inputs.gone}}]] $[[--kept ${{inputs.text}}]] ${{inputs.flag}} | tr a-z A-Z && echo "$((1 + 1))"';
    const at = await project({
      'part.yml': `name: part\nversion: "1"\ntype: command\ncommand: ${JSON.stringify(command)}\ninputs:\n  gone: { type: string, optional: true }\n  text: { type: string }\n  flag: { type: boolean }\n`,
      'pipeline.yml': 'type: pipeline\njobs:\n  step: { type: command, component: ./part.yml, inputs: { text: two words, flag: true } }\n',
    });
    const { run } = await runToEnd(server(), { file: at('pipeline.yml') });
    expect(await readFile(join(server().home, 'runs', run.id, 'step/1/log'), 'utf8')).toBe('--KEPT TWO WORDS TRUE\n2\n');
    const spaced = await project({ 'my data.csv': 'read\n' });
    const { log } = await runStep({ command: 'cat ${{inputs.data}}', inputs: { data: { type: 'uri_file', path: spaced('my data.csv') } } });
    expect(log).toBe('read\n');
  });

  it('5: the type of an output is the step’s, else the component’s, else the pipeline output’s, else a folder', async () => {
    const at = await project({
      'part.yml':
        'name: part\nversion: "1"\ntype: command\ncommand: echo x > ${{outputs.own}}; touch ${{outputs.said}}/x\noutputs:\n  own: { type: uri_file }\n  said: { type: uri_file }\n',
      'pipeline.yml': [
        'type: pipeline',
        'outputs: { result: { type: uri_file } }',
        'jobs:',
        '  typed: { type: command, component: ./part.yml, outputs: { said: { type: uri_folder } } }',
        '  bound: { type: command, command: "echo y > ${{outputs.out}}", outputs: { out: "${{parent.outputs.result}}" } }',
        '  plain: { type: command, command: "touch ${{outputs.out}}/z", outputs: { out: } }',
        '',
      ].join('\n'),
    });
    const { run, steps } = await runToEnd(server(), { file: at('pipeline.yml') });
    expect(steps['typed']).toMatchObject({ status: 'completed', outputs: { own: { type: 'uri_file' }, said: { type: 'uri_folder' } } });
    expect(steps['bound']).toMatchObject({ status: 'completed', outputs: { out: { type: 'uri_file' } } });
    expect(steps['plain']).toMatchObject({ status: 'completed', outputs: { out: { type: 'uri_folder' } } });
    expect(run.snapshot.outputs).toMatchObject({ result: { step: 'bound', output: 'out' } });
  });

  it('6: the environment’s programs come first, with the interpreter by its real path and its own pip', async () => {
    const script =
      'import sys, os, pip; print(os.path.realpath(sys.executable) == sys.executable or sys.prefix != sys.base_prefix, pip.__file__.startswith(sys.prefix))';
    const { log, attempts } = await runStep({ command: `python -c '${script}'; command -v python` });
    const described = JSON.parse(await readFile(join(attempts, '1', 'step.json'), 'utf8'));
    expect(log.split('\n')[0]).toMatch(/True$/);
    expect(log).not.toContain('shims');
    expect(described.python).not.toContain('shims');
  });

  it('7: tracking points at this server, and what is logged there belongs to the step', async () => {
    const post = `python3 -c "
import json, os, urllib.request
body = json.dumps({'run_id': os.environ['MLFLOW_RUN_ID'], 'key': 'loss', 'value': 0.5, 'timestamp': 1, 'step': 0}).encode()
uri = os.environ['MLFLOW_TRACKING_URI'] + '/api/2.0/mlflow/runs/log-metric'
urllib.request.urlopen(urllib.request.Request(uri, body, {'Content-Type': 'application/json'}))
print(os.environ['MLFLOW_EXPERIMENT_NAME'])"`;
    const { run, log } = await runStep({ command: post });
    expect(log).toBe('default\n');
    const { body } = await call(server(), `/api/runs/${run.id}/steps/step/metrics`);
    expect(body).toMatchObject({ metrics: [{ name: 'loss', last: 0.5 }] });
  });

  it('8: the attempt’s folder tells how it ended, whoever reads it, and its group ends as a whole', async () => {
    const first = await testServer();
    const gate = join(await tempFolder(), 'gate');
    const running = stepReaches(first, 'step', ({ status }) => status === 'running');
    const command = `echo begun; until [ -e ${gate} ]; do sleep 0.02; done; sleep 600 & echo ended; exit 9`;
    await call(first, '/api/runs', { body: { document: { type: 'pipeline', jobs: { step: { command } } } } });
    await running;
    const attempt = join(first.home, 'runs/1/step/1');
    await first.close();
    await writeFile(gate, '');
    await expect.poll(async () => await readFile(join(attempt, 'exit'), 'utf8').catch(() => ''), { timeout: 10_000, interval: 20 }).toBe('9\n');
    const second = await testServer({ home: first.home });
    expect((await finishedRun(second, '1')).steps['step']).toMatchObject({ status: 'failed', attempts: 1, failure: { exitCode: 9 } });
    expect(await readFile(join(attempt, 'log'), 'utf8')).toBe('begun\nended\n');
    const [pid = '', startTime] = (await readFile(join(attempt, 'pid'), 'utf8')).trim().split(' ');
    expect(startTime).toMatch(/^\S+$/);
    await expect.poll(async () => await isGroupAlive(Number(pid)), { timeout: 10_000 }).toBe(false);
  });

  it('9: a failed step says its exit code or signal, its last lines, and the first error in them', async () => {
    const failed = await runStep({ command: 'echo working; echo "ValueError: no such column" >&2; echo cleaning up; exit 7', outputs: file });
    expect(failed.step).toMatchObject({
      status: 'failed',
      failure: { exitCode: 7, firstError: 'ValueError: no such column', lastLines: ['working', 'ValueError: no such column', 'cleaning up'] },
    });
    const killed = await runStep({ command: 'kill -SEGV $BASHPID', outputs: folder });
    expect(killed.step).toMatchObject({ status: 'failed', failure: { signal: 'SIGSEGV', message: expect.stringContaining('crashed') } });
  });
});
