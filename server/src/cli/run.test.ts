import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataFolder, ServerFile } from '../data-folder.ts';
import { call } from '../testing/api.ts';
import { isGroupAlive } from '../testing/is-group-alive.ts';
import { createPlace, oneStep } from '../testing/place.ts';
import { readJson, runCli, startCli } from '../testing/run-cli.ts';
import { testServer } from '../testing/test-server.ts';

describe('pipewright run', () => {
  it('prints the document of the run on stdout and a line per change on stderr', async () => {
    const at = await createPlace();
    const end = await runCli(['run', 'two.yml', '--json'], at);
    expect(end).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^run 1 {2}Two steps\nmake {2}preparing[^]*make {2}completed[^]*copy {2}completed[^]*run 1 completed in [\d.]+ s\n$/),
    });
    const printed = readJson(end);
    expect(Object.keys(printed)).toEqual(['run', 'steps', 'outputs']);
    expect(printed.run).toEqual({ id: '1', status: 'completed', durationMs: expect.any(Number), error: null });
    expect(printed.steps).toEqual([
      {
        key: 'make',
        status: 'completed',
        decision: 'run',
        reasons: [{ code: 'never-ran', text: expect.any(String) }],
        attempts: 1,
        durationMs: expect.any(Number),
        usage: expect.objectContaining({ cpuMs: expect.any(Number) }),
        outputs: { out: expect.any(String) },
        metrics: {},
        error: null,
      },
      expect.objectContaining({ key: 'copy', status: 'completed' }),
    ]);
    expect(await readFile(printed.outputs.result, 'utf8')).toBe('hello\ndata\n');
  });

  it('reuses what it knows, and takes other values and data from where it was called', async () => {
    const at = await createPlace({ 'other.txt': 'else\n' });
    await runCli(['run', 'two.yml'], at);
    const again = readJson(await runCli(['run', 'two.yml', '--json'], at));
    expect(again.steps.map((step: { decision: string }) => step.decision)).toEqual(['reuse', 'reuse']);
    const other = readJson(await runCli(['run', 'two.yml', '--set', 'file=other.txt', '--json'], at));
    expect(other.steps.map((step: { decision: string }) => step.decision)).toEqual(['reuse', 'run']);
    expect(await readFile(other.outputs.result, 'utf8')).toBe('hello\nelse\n');
    const forced = readJson(await runCli(['run', 'two.yml', '--force-rerun', '--json'], at));
    expect(forced.steps.map((step: { reasons: { code: string }[] }) => step.reasons[0]?.code)).toEqual(['forced', 'forced']);
  });

  it('ends with 1 when a step fails, and says why', async () => {
    const at = await createPlace({ 'bad.yml': oneStep("echo 'Error: no such luck' >&2; exit 7") });
    const end = await runCli(['run', 'bad.yml', '--json'], at);
    expect(end).toMatchObject({ status: 1, stderr: expect.stringContaining('only  failed  Error: no such luck') });
    expect(readJson(end)).toMatchObject({ run: { status: 'failed' }, steps: [{ key: 'only', status: 'failed', error: 'Error: no such luck' }] });
  });

  it('cancels on Ctrl-C and waits for the steps to end', async () => {
    const at = await createPlace({ 'polite.yml': oneStep(`trap 'touch bye; exit 3' TERM; echo up; while true; do sleep 0.05; done`) });
    const command = startCli(['run', 'polite.yml'], at);
    await command.says('stderr', 'only  running');
    // It runs before it listens.
    await startCli(['runs', 'logs', '--follow'], at).says('stdout', '\nup\n');
    command.interrupt();
    expect(await command.ended).toMatchObject({ status: 130, stderr: expect.stringContaining('run 1 cancelled') });
    expect(existsSync(join(at.home, 'runs/1/only/1/work/bye'))).toBe(true);
  });

  it('kills the steps on a second Ctrl-C', async () => {
    const at = await createPlace({ 'deaf.yml': oneStep(`trap '' TERM; echo up; while true; do sleep 0.05; done`) });
    const command = startCli(['run', 'deaf.yml'], at);
    await command.says('stderr', 'only  running');
    await startCli(['runs', 'logs', '--follow'], at).says('stdout', '\nup\n');
    command.interrupt();
    await command.says('stderr', 'Stopping');
    const group = Number((await readFile(join(at.home, 'runs/1/only/1/pid'), 'utf8')).split(' ')[0]);
    command.interrupt();
    expect(await command.ended).toMatchObject({ status: 130 });
    expect(await isGroupAlive(group)).toBe(false);
  });

  it('talks to the server that owns the data folder', async () => {
    const server = await testServer();
    const at = await createPlace();
    const end = await runCli(['run', 'two.yml', '--name', 'By hand', '--experiment', 'trials'], { ...at, home: server.home });
    expect(end).toMatchObject({ status: 0, stdout: expect.stringMatching(/^result: .*\n$/) });
    expect((await server.store.runs.list({ limit: 9 })).items).toMatchObject([{ name: 'By hand', experiment: 'trials', status: 'completed' }]);
  });

  it('ends with 3 when the data folder is owned by somebody who does not answer', async () => {
    const at = await createPlace();
    const folder = await DataFolder.open(at.home);
    onTestFinished(async () => await folder[Symbol.asyncDispose]());
    expect(await runCli(['run', 'two.yml'], at)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('is using the data folder') });
  });

  it('does not wait when it is detached, and starts the server that stays', async () => {
    const at = await createPlace();
    const end = await runCli(['run', 'two.yml', '--detach', '--json'], at);
    const server = ServerFile.parse(JSON.parse(await readFile(join(at.home, 'server.json'), 'utf8')));
    onTestFinished(() => {
      process.kill(server.pid, 'SIGKILL');
    });
    expect(end.status).toBe(0);
    expect(readJson(end)).toEqual({ run: { id: '1', status: expect.any(String), url: `${server.url}/runs/1` } });
    expect(await call(server, '/api/runs/1')).toMatchObject({ status: 200, body: { id: '1' } });
    expect(await runCli(['runs', 'logs', '1', '--follow'], at)).toMatchObject({ status: 0, stdout: expect.stringContaining('copied') });
    // A start may have to build the page first.
  }, 120_000);
});
