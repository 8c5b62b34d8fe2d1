import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../testing/api.ts';
import { createPlace } from '../testing/place.ts';
import { readJson, runCli } from '../testing/run-cli.ts';
import { testServer } from '../testing/test-server.ts';

describe('pipewright gc', () => {
  it('says what it would free, then frees it, without a server', async () => {
    const at = await createPlace();
    await runCli(['run', 'two.yml'], at);
    const dry = readJson(await runCli(['gc', '--dry-run', '--keep', '0', '--json'], at));
    // hello, and hello with what is in the file.
    expect(dry).toMatchObject({ dryRun: true, keepDays: 0, freedBytes: 17, objects: { count: 2, bytes: 17 }, attempts: { count: 2 }, undeleted: [] });
    expect(await runCli(['gc'], at)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/\nfreed 0 B\nkept: 2 outputs and code; what 1 runs of the last 30 days use\n$/),
    });
    await writeFile(join(at.home, 'config.yml'), 'keep: 0\n');
    expect(await runCli(['gc'], at)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/outputs and code +2 +17 B\n[^]*\nfreed 17 B\n/) });
    expect(readJson(await runCli(['plan', 'two.yml', '--json'], at)).steps[0]).toMatchObject({ decision: 'run', reasons: [{ code: 'donor-deleted' }] });
    expect(await runCli(['runs', 'logs', '1', 'copy'], at)).toMatchObject({ stdout: expect.stringContaining('\ncopied\n') });
  });

  it('has the server that owns the folder do it', async () => {
    const server = await testServer();
    const at = { ...(await createPlace()), home: server.home };
    await runToEnd(server, { file: join(at.cwd, 'two.yml') });
    expect(readJson(await runCli(['gc', '--json'], at))).toMatchObject({ dryRun: false, keepDays: 30, objects: { count: 0 } });
    expect(readJson(await runCli(['gc', '--keep', '0', '--json'], at))).toMatchObject({ objects: { count: 2, bytes: 17 } });
    expect(await runCli(['gc', '--verify'], at)).toMatchObject({ status: 0, stdout: '0 objects read, 0 damaged\n' });
  });

  it('finds what is damaged, puts it aside and ends with 1', async () => {
    const at = await createPlace();
    const { outputs } = readJson(await runCli(['run', 'two.yml', '--json'], at));
    await chmod(outputs.result, 0o644);
    await writeFile(outputs.result, 'other');
    expect(readJson(await runCli(['gc', '--verify', '--dry-run', '--json'], at))).toMatchObject({
      objects: 2,
      damaged: [{ producers: ['1/copy.copy'], movedTo: null }],
    });
    const said = /^2 objects read, 1 damaged\n {2}[0-9a-f]{64} {2}output 1\/copy\.copy\n {4}moved to .*\.damaged/;
    expect(await runCli(['gc', '--verify'], at)).toMatchObject({ status: 1, stdout: expect.stringMatching(said) });
    expect(await runCli(['run', 'two.yml'], at)).toMatchObject({ status: 0 });
    expect(await runCli(['gc', '--verify'], at)).toMatchObject({ status: 0, stdout: '2 objects read, 0 damaged\n' });
  });

  it.each([
    [['gc', '--keep', 'forever'], '--keep forever: a number of days from 0'],
    [['gc', '--keep=-1'], '--keep -1: a number of days from 0'],
    [['gc', '--verify', '--keep', '3'], '--keep has no meaning with --verify'],
    [['gc', 'all'], 'unexpected argument all'],
    [['runs', 'rm'], 'name the runs to remove'],
    [['runs', 'rm', '7'], 'there is no run 7'],
  ])('answers %j with a sentence and 2', async (args, message) => {
    expect(await runCli(args, await createPlace())).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});

describe('pipewright runs rm', () => {
  it('takes runs out of the history, by itself or through the server', async () => {
    const at = await createPlace();
    for (const text of ['one', 'two']) await runCli(['run', 'two.yml', '--set', `text=${text}`], at);
    expect(await runCli(['runs', 'rm', '1'], at)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readJson(await runCli(['runs', 'ls', '--json'], at)).items).toMatchObject([{ id: '2' }]);
    const server = await testServer({ home: at.home });
    expect(await runCli(['runs', 'rm', '2'], at)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect((await server.store.runs.list({ limit: 5 })).items).toEqual([]);
  });

  it('leaves what the run has registered', async () => {
    const at = await createPlace({
      'named.yml': 'jobs:\n  only:\n    command: echo 1 > ${{outputs.o}}\n    outputs: { o: { type: uri_file, name: prices } }\n',
    });
    await runCli(['run', 'named.yml'], at);
    expect(await runCli(['runs', 'rm', '1'], at)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readJson(await runCli(['ls', 'data', '--search', 'prices', '--json'], at))).toMatchObject({ items: [{ version: '1', origin: { run: '1' } }] });
    expect(await runCli(['runs', 'rm', '1'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('no run 1') });
  });
});
