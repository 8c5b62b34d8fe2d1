import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataFolder } from '../data-folder.ts';
import { runToEnd } from '../testing/api.ts';
import { createPlace } from '../testing/place.ts';
import { readJson, runCli, startCli } from '../testing/run-cli.ts';
import { testServer } from '../testing/test-server.ts';

describe('pipewright runs', () => {
  it('lists and shows what has run, without a server and without a lock', async () => {
    const at = await createPlace();
    const ran = await runCli(['run', 'two.yml', '--json'], at);
    const folder = await DataFolder.open(at.home);
    onTestFinished(async () => await folder[Symbol.asyncDispose]());
    expect(await runCli(['runs', 'ls'], at)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^1 {2}completed {2}.* {2}Two steps\n$/) });
    expect(readJson(await runCli(['runs', 'ls', '--json'], at)).items).toMatchObject([{ id: '1', status: 'completed' }]);
    expect(readJson(await runCli(['runs', 'show', '--json'], at))).toEqual(readJson(ran));
    expect(await runCli(['runs', 'show', '1'], at)).toMatchObject({ status: 0, stdout: expect.stringMatching(/make {2}completed[^]*result: \//) });
    expect(await runCli(['runs', 'logs', '1', 'copy'], at)).toMatchObject({ status: 0, stdout: expect.stringContaining('\ncopied\n') });
    const { logs } = readJson(await runCli(['runs', 'logs', '--json'], at));
    expect(logs).toMatchObject([
      { step: 'make', attempt: 1 },
      { step: 'copy', attempt: 1, text: expect.stringContaining('copied') },
    ]);
  });

  it('follows a log while it is written', async () => {
    const server = await testServer();
    const at = { ...(await createPlace()), home: server.home };
    const gate = join(at.cwd, 'gate');
    const command = `echo one; until [ -e ${gate} ]; do sleep 0.05; done; echo two`;
    const run = runToEnd(server, { document: { type: 'pipeline', jobs: { only: { command } } } });
    const listed = startCli(['runs', 'logs', '1', 'only', '--follow'], at);
    await listed.says('stdout', '\none\n');
    await writeFile(gate, '');
    expect(await listed.ended).toMatchObject({ status: 0, stdout: expect.stringMatching(/\none\ntwo\n$/) });
    await run;
  });

  it('cancels a run that a server looks after', async () => {
    const server = await testServer();
    const at = { ...(await createPlace()), home: server.home };
    const run = runToEnd(server, { document: { type: 'pipeline', jobs: { only: { command: 'while true; do sleep 0.05; done' } } } });
    const followed = startCli(['runs', 'logs', '1', '--follow'], at);
    await followed.says('stdout', '$ while');
    expect(await runCli(['runs', 'cancel'], at)).toMatchObject({ status: 0, stderr: expect.stringContaining('run 1 cancelled') });
    expect((await run).run.status).toBe('cancelled');
    expect(await runCli(['runs', 'cancel', '1'], at)).toMatchObject({ status: 2, stderr: 'pipewright: run 1 has ended already: it is cancelled\n' });
  });

  it('runs a part of a pipeline, and goes on with a run that failed', async () => {
    const at = await createPlace();
    const keysOf = (end: Awaited<ReturnType<typeof runCli>>) =>
      Object.fromEntries(readJson(end).steps.map(({ key, decision }: { key: string; decision: string }) => [key, decision]));
    expect(keysOf(await runCli(['run', 'two.yml', '--to', 'make', '--json'], at))).toEqual({ make: 'run' });
    expect(keysOf(await runCli(['plan', 'two.yml', '--from', 'copy', '--json'], at))).toEqual({ make: 'reuse', copy: 'run' });
    expect(await runCli(['run', 'two.yml', '--only', 'mak'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean "make"') });

    const gate = join(at.cwd, 'gate');
    const chance = { command: 'echo $RANDOM > ${{outputs.out}}/x', outputs: { out: null }, is_deterministic: false };
    const last = { command: `[ -e ${gate} ]`, inputs: { x: '${{parent.jobs.chance.outputs.out}}' } };
    await writeFile(join(at.cwd, 'fragile.yml'), JSON.stringify({ type: 'pipeline', jobs: { chance, last } }));
    expect(await runCli(['run', 'fragile.yml'], at)).toMatchObject({ status: 1 });
    await writeFile(gate, '');
    const resumed = await runCli(['runs', 'resume', '--json'], at);
    expect(resumed.status).toBe(0);
    expect(readJson(resumed)).toMatchObject({
      run: { id: '3', status: 'completed' },
      steps: [
        { key: 'chance', status: 'reused', reasons: [{ code: 'resumed' }] },
        { key: 'last', status: 'completed' },
      ],
    });
    expect(await runCli(['runs', 'resume', '3'], at)).toMatchObject({ status: 2, stderr: expect.stringContaining('has completed') });
    // Seven commands, each a process.
  }, 90_000);

  it.each([
    [['runs', 'show'], 'nothing has been run here yet'],
    [['runs', 'show', '9'], 'there is no run 9'],
    [['runs', 'stop'], 'runs stop is no command'],
  ])('answers %j with a sentence and 2', async (args, message) => {
    expect(await runCli(args, await createPlace())).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});
