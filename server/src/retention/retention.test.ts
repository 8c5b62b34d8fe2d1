import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GarbageReport, IntegrityReport } from '@pipewright/shared/http/gc.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import { RunSummary } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { call, finishedRun, runToEnd, stepReaches } from '../testing/api.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { testServer, type TestServer } from '../testing/test-server.ts';

/** A folder of 100,000 bytes, and a file made of it. */
const document = (make = 'head -c 100000 /dev/zero > ${{outputs.data}}/bytes; echo made', more: Record<string, unknown> = {}) => ({
  type: 'pipeline',
  jobs: {
    make: { command: make, outputs: { data: { type: 'uri_folder', ...more } } },
    use: {
      command: 'wc -c < ${{inputs.data}}/bytes > ${{outputs.count}}; echo used',
      inputs: { data: '${{parent.jobs.make.outputs.data}}' },
      outputs: { count: { type: 'uri_file' } },
    },
  },
});

async function gc(server: TestServer, body: Record<string, unknown>): Promise<GarbageReport> {
  const answer = await call(server, '/api/gc', { body });
  expect(answer).toMatchObject({ status: 200 });
  return GarbageReport.parse(answer.body);
}

async function verify(server: TestServer, body: Record<string, unknown> = {}): Promise<IntegrityReport> {
  return IntegrityReport.parse((await call(server, '/api/gc/verify', { body })).body);
}

async function reasonsOfPlan(server: TestServer, request: Record<string, unknown>): Promise<string[]> {
  const plan = Plan.parse((await call(server, '/api/plan', { body: request })).body);
  return plan.steps.flatMap(({ reasons }) => reasons.map(({ code, text }) => `${code}: ${text}`));
}

/** As if a run had ended so many days ago. */
function age(server: TestServer, run: string, days: number): void {
  const database = new DatabaseSync(join(server.home, 'pipewright.db'), { timeout: 5000 });
  database.prepare('update runs set ended_at = ? where id = ?').run(new Date(Date.now() - days * 86_400_000).toISOString(), Number(run));
  database.close();
}

const attempt = (server: TestServer, run: string, step: string): string => join(server.home, 'runs', run, step, '1');

function outputHash(step: StepRun | undefined, port: string): string {
  if (step?.status !== 'completed' && step?.status !== 'reused') throw new Error('expected outputs');
  return step.outputs[port]?.hash ?? '';
}

/** Another process, which knows only what is stored. */
async function restart(server: TestServer): Promise<TestServer> {
  await server.close();
  return await testServer({ home: server.home });
}

describe('collecting garbage', () => {
  it('gives back what old runs have put out, as the dry run said, and keeps their history and logs', async () => {
    const server = await testServer();
    await runToEnd(server, { document: document() });
    const dry = await gc(server, { dryRun: true, keepDays: 0 });
    expect(dry).toMatchObject({ dryRun: true, keepDays: 0, objects: { count: 2, bytes: 100_007 }, attempts: { count: 2 }, kept: { objects: 0, runs: 0 } });
    expect(await readdir(attempt(server, '1', 'make'))).toContain('outputs');
    expect(await gc(server, { keepDays: 0 })).toEqual({ ...dry, dryRun: false });
    expect(await readdir(attempt(server, '1', 'make'))).toEqual(expect.not.arrayContaining(['outputs', 'work', 'inputs']));
    expect(await gc(server, { keepDays: 0 })).toMatchObject({ freedBytes: 0, attempts: { count: 0 }, leftovers: { count: 0 } });

    expect(await call(server, '/api/runs/1/steps/make/logs')).toMatchObject({ body: { text: expect.stringContaining('\nmade\n') } });
    const deleted = { status: 410, body: { code: 'output-deleted', title: 'The bytes of output count were deleted to free space' } };
    expect(await call(server, '/api/runs/1/steps/use/outputs/count')).toMatchObject(deleted);
    expect(await call(server, '/api/runs/1/steps/use/outputs/count?view=preview')).toMatchObject(deleted);
    expect(await reasonsOfPlan(server, { document: document() })).toContain('donor-deleted: the outputs of run 1, which did the same, were deleted');
    const again = await runToEnd(server, { document: document() });
    expect(again.run.status).toBe('completed');
    expect(again.steps['make']).toMatchObject({ decision: 'run', reasons: [{ code: 'donor-deleted' }] });
  });

  it('keeps what was put out in the days before, by default thirty', async () => {
    const server = await testServer();
    await runToEnd(server, { document: document() });
    await runToEnd(server, { document: document('head -c 5 /dev/zero > ${{outputs.data}}/bytes') });
    age(server, '1', 31);
    age(server, '2', 29);
    expect(await gc(server, {})).toMatchObject({ keepDays: 30, objects: { count: 2 }, attempts: { count: 2 }, kept: { objects: 2, runs: 1 } });
    expect(await call(server, '/api/runs/1/steps/use/outputs/count')).toMatchObject({ status: 410 });
    expect(await call(server, '/api/runs/2/steps/use/outputs/count')).toMatchObject({ status: 200 });
  });

  it('keeps what a kept run has reused, under the names that the step gave it', async () => {
    const server = await testServer();
    await runToEnd(server, { document: document() });
    const reused = await runToEnd(server, { document: document() });
    expect(reused.run.counts).toEqual({ reused: 2 });
    age(server, '1', 100);
    expect(await gc(server, {})).toMatchObject({ objects: { count: 0 }, attempts: { count: 2 }, kept: { objects: 2, runs: 1 } });
    expect((await stat(join(attempt(server, '1', 'make'), 'outputs/data/bytes'))).size).toBe(100_000);
    expect(await readdir(attempt(server, '1', 'make'))).not.toContain('work');
    expect((await runToEnd(server, { document: document() })).run.counts).toEqual({ reused: 2 });
  });

  it('keeps what is registered under a name, and what a draft reads by its path', async () => {
    const server = await testServer();
    await runToEnd(server, { document: document(undefined, { name: 'bytes', version: '1' }) });
    const path = join(attempt(server, '1', 'use'), 'outputs/count');
    const job = { command: 'cat ${{inputs.n}}', inputs: { n: { type: 'uri_file', path } } };
    const draft = { document: { type: 'pipeline', jobs: { show: job } }, name: 'Show' };
    expect(await call(server, '/api/drafts', { body: draft })).toMatchObject({ status: 201 });
    expect(await gc(server, { keepDays: 0 })).toMatchObject({ objects: { count: 1 }, attempts: { count: 2 }, kept: { objects: 1 } });
    expect(await readFile(path, 'utf8')).toBe('100000\n');
    expect(await call(server, '/api/runs/1/steps/make/outputs/data')).toMatchObject({ status: 200, body: { files: [{ path: 'bytes' }] } });
    expect((await stat(join(attempt(server, '1', 'make'), 'outputs')).catch(() => null)) === null).toBe(true);
  });

  it('touches nothing that a run needs which goes on, nor what it has reused', async () => {
    const first = await testServer();
    await runToEnd(first, { document: document() });
    const gate = join(await tempFolder(), 'gate');
    const { jobs } = document();
    const slow = { ...jobs.use, command: `echo waits; until [ -e ${gate} ]; do sleep 0.02; done; ${jobs.use.command}` };
    const server = await restart(first);
    const isRunning = stepReaches(server, 'slow', ({ status }) => status === 'running');
    const run = RunSummary.parse((await call(server, '/api/runs', { body: { document: { type: 'pipeline', jobs: { ...jobs, slow } } } })).body);
    await isRunning;
    const again = await restart(server);
    expect(await gc(again, { keepDays: 0 })).toMatchObject({ objects: { count: 0 }, kept: { objects: 2, runs: 1 } });
    await writeFile(gate, '');
    expect((await finishedRun(again, run.id)).run).toMatchObject({ status: 'completed', counts: { reused: 2, completed: 1 } });
  });

  it('leaves alone what somebody has come upon meanwhile, whatever the database says', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    await writeFile(join(folder, 'a.py'), '1');
    const { upkeep } = server.services.artifacts;
    const release = upkeep.hold();
    const { hash } = await server.services.artifacts.collectCode({ folder, includes: [], definition: null });
    expect(await gc(server, { keepDays: 0 })).toMatchObject({ objects: { count: 0 }, kept: { objects: 1 } });
    release();
    expect(await gc(server, { dryRun: true })).toMatchObject({ objects: { count: 1 } });
    expect(await gc(server, {})).toMatchObject({ objects: { count: 1 }, kept: { objects: 0 } });
    expect(await server.services.artifacts.has(hash)).toBe(false);
  });

  it('takes nothing from runs that come and go meanwhile, however often it is asked', async () => {
    const server = await testServer();
    const over = new AbortController();
    const clearing = (async () => {
      let freed = 0;
      while (!over.signal.aborted) freed += (await gc(server, { keepDays: 0 })).objects.count;
      return freed;
    })();
    const folder = await tempFolder();
    await mkdir(join(folder, 'code'));
    await writeFile(join(folder, 'code/count.sh'), 'wc -c < $1/bytes');
    const ports = { inputs: { data: { type: 'uri_folder' } }, outputs: { count: { type: 'uri_file' } } };
    const component = { type: 'command', code: './code', command: 'bash count.sh ${{inputs.data}} > ${{outputs.count}}', ...ports };
    for (let round = 0; round < 8; round += 1) {
      const { jobs } = document(`head -c ${(round % 3) + 1} /dev/zero > \${{outputs.data}}/bytes`);
      const file = join(folder, `${round}.yml`);
      await writeFile(file, JSON.stringify({ type: 'pipeline', jobs: { make: jobs.make, use: { component, inputs: jobs.use.inputs, outputs: {} } } }));
      const requests = [
        { file },
        { document: { type: 'pipeline', jobs: { ...jobs, again: { ...jobs.use, command: `echo ${round} > \${{outputs.count}}` } } } },
      ];
      for (const { run } of await Promise.all(requests.map(async (request) => await runToEnd(server, request)))) {
        expect(run).toMatchObject({ status: 'completed', error: null });
      }
    }
    over.abort();
    expect(await clearing).toBeGreaterThan(0);
  });

  it('removes environments that no kept run has used, and no other folder beside them', async () => {
    const server = await testServer();
    await runToEnd(server, { document: document() });
    const used = server.services.environments.hashOf(null);
    for (const name of [used, '0123456789abcdef', 'fedcba9876543210', 'host-0123456789abcdef']) {
      const folder = join(server.home, 'environments', name);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'ready.json'), '{}');
      if (name !== 'fedcba9876543210') await utimes(folder, 1, 1);
    }
    expect(await gc(server, { keepDays: 10 })).toMatchObject({ environments: { count: 1, bytes: 2 } });
    expect((await readdir(join(server.home, 'environments'))).filter((name) => name !== '.trash').toSorted()).toEqual(
      ['fedcba9876543210', 'host-0123456789abcdef', 'locks', used].toSorted(),
    );
  });

  it('goes on at the next start with what a process that died was building or deleting', async () => {
    const home = await tempFolder();
    const halfBuilt = join(home, 'objects/ab', `${'ab'.repeat(32)}.b0a7`);
    const thrownAway = [join(home, 'objects/.trash/x'), join(home, 'runs/.trash/y')];
    for (const folder of [halfBuilt, ...thrownAway]) {
      await mkdir(join(folder, 'content'), { recursive: true });
      await writeFile(join(folder, 'content/a'), '12345');
    }
    const server = await testServer({ home });
    expect(await gc(server, { dryRun: true })).toMatchObject({ leftovers: { count: 1, bytes: 5 } });
    expect(await readdir(join(home, 'objects/.trash'))).toEqual([]);
    expect(await readdir(join(home, 'runs/.trash'))).toEqual([]);
    expect(await gc(server, {})).toMatchObject({ freedBytes: 5, leftovers: { count: 1 } });
    expect(await readdir(dirname(halfBuilt))).toEqual([]);
  });
});

describe('verifying', () => {
  it('puts a damaged object aside: it is neither handed out nor reused, and the reason says so', async () => {
    const server = await testServer();
    const { steps } = await runToEnd(server, { document: document() });
    expect(await verify(server)).toEqual({ dryRun: false, objects: 2, damaged: [] });
    const hash = outputHash(steps['make'], 'data');
    const bytes = join(server.services.artifacts.pathOf(hash), 'bytes');
    await chmod(bytes, 0o644);
    await writeFile(bytes, 'no longer what was stored');

    const found = { hash, producers: ['1/make.data'] };
    expect(await verify(server, { dryRun: true })).toEqual({ dryRun: true, objects: 2, damaged: [{ ...found, movedTo: null }] });
    expect(await call(server, '/api/runs/1/steps/make/outputs/data')).toMatchObject({ status: 200 });
    expect(await verify(server)).toMatchObject({ damaged: [{ ...found, movedTo: join(server.home, 'objects/.damaged', hash) }] });
    expect(await verify(server)).toMatchObject({ objects: 1, damaged: [] });
    expect(await call(server, '/api/runs/1/steps/make/outputs/data')).toMatchObject({ status: 410, body: { code: 'output-damaged' } });
    expect(await reasonsOfPlan(server, { document: document() })).toContain('donor-deleted: the outputs of run 1, which did the same, are damaged on the disk');

    // Made anew with the same bytes, so that what follows is reused as before.
    expect((await runToEnd(server, { document: document() })).run.counts).toEqual({ completed: 1, reused: 1 });
    expect(await call(server, '/api/runs/1/steps/make/outputs/data')).toMatchObject({ status: 200 });
    expect(await gc(server, {})).toMatchObject({ leftovers: { count: 1 } });
    expect(await readdir(join(server.home, 'objects/.damaged'))).toEqual([]);
  });

  it('knows code from data, and tells when a file is missing', async () => {
    const server = await testServer();
    const folder = await tempFolder();
    await writeFile(join(folder, 'run.sh'), 'echo hi', { mode: 0o755 });
    const { hash } = await server.services.artifacts.collectCode({ folder, includes: [], definition: null });
    expect(await verify(server)).toMatchObject({ objects: 1, damaged: [] });
    await chmod(join(server.services.artifacts.pathOf(hash), 'run.sh'), 0o444);
    expect(await verify(server)).toMatchObject({ damaged: [{ hash, producers: [] }] });
  });
});

describe('removing a run', () => {
  it('takes it out of the history with its files; its artifacts go with the next collection', async () => {
    const server = await testServer();
    await runToEnd(server, { document: document() });
    expect(await call(server, '/api/runs/1', { method: 'DELETE' })).toEqual({ status: 200, body: { id: '1' } });
    expect(await call(server, '/api/runs/1')).toMatchObject({ status: 404 });
    expect(await call(server, '/api/runs/1', { method: 'DELETE' })).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect((await readdir(join(server.home, 'runs'))).filter((name) => name !== '.trash')).toEqual([]);
    expect(await reasonsOfPlan(server, { document: document() })).toContain('never-ran: never ran before');
    expect(await gc(server, {})).toMatchObject({ objects: { count: 2, bytes: 100_007 } });
    expect((await runToEnd(server, { document: document() })).run).toMatchObject({ id: '2', status: 'completed' });
  });

  it('leaves to those that reuse its steps their outputs, logs and metrics, until they are removed too', async () => {
    const server = await testServer();
    const metric = 'curl -sf "$MLFLOW_TRACKING_URI/api/2.0/mlflow/runs/log-metric" -H "Content-Type: application/json" -d';
    const make = `head -c 9 /dev/zero > \${{outputs.data}}/bytes; ${metric} "{\\"run_id\\":\\"$MLFLOW_RUN_ID\\",\\"key\\":\\"score\\",\\"value\\":0.5,\\"timestamp\\":1}"; echo; echo made`;
    const { steps } = await runToEnd(server, { document: document(make) });
    expect(steps['make']).toMatchObject({ status: 'completed' });
    const { jobs } = document(make);
    await runToEnd(server, { document: { type: 'pipeline', jobs: { make: jobs.make } } });
    expect(await call(server, '/api/runs/1', { method: 'DELETE' })).toMatchObject({ status: 200 });
    expect(await gc(server, {})).toMatchObject({ objects: { count: 1 }, kept: { objects: 1 } });
    expect(await call(server, '/api/runs/2/steps/make/logs')).toMatchObject({ body: { text: expect.stringContaining('\nmade\n') } });
    expect(await call(server, '/api/runs/2/steps/make/metrics')).toMatchObject({ body: { metrics: [{ name: 'score', last: 0.5 }] } });
    expect((await fetch(`${server.url}/api/runs/2/steps/make/outputs/data/bytes`)).status).toBe(200);
    expect((await stat(join(attempt(server, '1', 'make'), 'outputs/data/bytes'))).size).toBe(9);
    expect(await readdir(join(server.home, 'runs/1'))).toEqual(['make']);

    expect(await call(server, '/api/runs/2', { method: 'DELETE' })).toMatchObject({ status: 200 });
    expect(await gc(server, {})).toMatchObject({ objects: { count: 1 }, leftovers: { count: 1 } });
    expect((await readdir(join(server.home, 'runs'))).filter((name) => name !== '.trash')).toEqual([]);
    expect(await server.store.tracking.list((await server.store.experiments.list()).map(({ id }) => id))).toEqual([]);
  });

  it('is refused while the run goes on', async () => {
    const server = await testServer();
    const isRunning = stepReaches(server, 'only', ({ status }) => status === 'running');
    await call(server, '/api/runs', { body: { document: { type: 'pipeline', jobs: { only: { command: 'while true; do sleep 0.05; done' } } } } });
    await isRunning;
    expect(await call(server, '/api/runs/1', { method: 'DELETE' })).toMatchObject({ status: 409, body: { code: 'run-not-ended', detail: 'Cancel it first.' } });
    expect(await call(server, '/api/runs/1')).toMatchObject({ status: 200 });
  });

  it('lets go of what was fetched of addresses with the runs that have read it', async () => {
    const server = await testServer();
    const files = createServer((_request, response) => response.end('x\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void files.close());
    await once(files, 'listening');
    const { port } = files.address() as AddressInfo; // It listens on a port.
    const inputs = { data: { type: 'uri_file', path: `http://127.0.0.1:${port}/x.txt` } };
    await runToEnd(server, { document: { type: 'pipeline', jobs: { read: { command: 'cat ${{inputs.data}}', inputs } } } });
    const fetched = async () => (await readdir(join(server.home, 'downloads'))).filter((name) => !name.startsWith('.'));
    await gc(server, { keepDays: 30 });
    expect(await fetched()).toHaveLength(1);
    await call(server, '/api/runs/1', { method: 'DELETE' });
    await gc(server, { keepDays: 0 });
    expect(await fetched()).toEqual([]);
  });

  it('leaves what the run has registered under a name, and gc leaves its bytes', async () => {
    const server = await testServer();
    await runToEnd(server, { document: document(undefined, { name: 'bytes' }) });
    expect(await call(server, '/api/runs/1', { method: 'DELETE' })).toMatchObject({ status: 200 });
    // The other output of the run goes.
    expect(await gc(server, {})).toMatchObject({ objects: { count: 1 } });
    const asset = await server.store.assets.find(['data'], 'bytes', { version: '1' });
    expect(asset).toMatchObject({ origin: { run: '1', step: 'make', port: 'data' }, isLatest: true });
    expect(await server.services.artifacts.has(asset?.artifact?.hash ?? '')).toBe(true);
  });
});
