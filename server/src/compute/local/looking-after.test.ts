import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isGroupAlive } from '../../testing/is-group-alive.ts';
import { attemptOf, gateIn, groupOf, localRunner, logShows, runToEnd } from '../../testing/local-attempts.ts';
import { createLocalRunner } from './local-runner.ts';

describe('what a step took of the machine', () => {
  it('is told by its leader: processor time, and bytes read and written, of all that it waited for', async () => {
    const runner = localRunner();
    const spec = await attemptOf('bash -c "for ((i = 0; i < 100000; i += 1)); do :; done"; head -c 3000000 /dev/zero > zeros; cat zeros > /dev/null');
    const handle = await runner.start(spec);
    await handle.ended;
    expect(handle.usage.cpuMs).toBeGreaterThan(20);
    expect(handle.usage.writtenBytes).toBeGreaterThanOrEqual(6_000_000);
    expect(handle.usage.readBytes).toBeGreaterThanOrEqual(6_000_000);
    const adopted = await localRunner().adopt(spec.folder);
    await adopted.ended;
    expect(adopted.usage.cpuMs).toBe(handle.usage.cpuMs);
  });

  it('has the most memory that was seen, also by a server that came later', async () => {
    const spec = await attemptOf('');
    const gate = await gateIn(spec.folder);
    // Eighty megabytes for a moment only: what a process had at most is known as long as it lives.
    const hold = `x = bytearray(80_000_000); del x; print('freed', flush=True); open('${gate.path}').read()`;
    const first = createLocalRunner();
    await first.start({ ...spec, command: `python3 -c "${hold}"` });
    await logShows(spec, 'freed');
    await first[Symbol.asyncDispose]();
    const adopted = await localRunner().adopt(spec.folder);
    await expect.poll(() => adopted.usage.peakMemoryBytes ?? 0, { timeout: 10_000, interval: 10 }).toBeGreaterThan(80_000_000);
    await gate.open();
    await adopted.ended;
    expect(adopted.usage.peakMemoryBytes).toBeLessThan(200_000_000);
  });

  it('is told as far as it was seen when its leader was killed', async () => {
    const spec = await attemptOf('while :; do :; done');
    const handle = await localRunner().start(spec);
    await expect.poll(() => handle.usage.cpuMs ?? 0, { timeout: 10_000, interval: 10 }).toBeGreaterThan(50);
    process.kill(await groupOf(spec), 'SIGKILL');
    expect(await handle.ended).toMatchObject({ kind: 'lost' });
    expect(handle.usage.cpuMs).toBeGreaterThan(50);
  });
});

describe('a process that has left the group of its step', () => {
  const daemon = (seen: string): string => `setsid bash -c 'echo $$ > ${seen}; exec sleep 600' & until [ -s ${seen} ]; do sleep 0.01; done`;

  it('is found and ended when the step is done', async () => {
    const spec = await attemptOf('');
    const seen = join(spec.folder, 'daemon');
    const handle = await localRunner().start({ ...spec, command: daemon(seen) });
    expect(await handle.ended).toEqual({ kind: 'exited', exitCode: 0 });
    expect(handle.strays).toBe(1);
    const pid = Number(await readFile(seen, 'utf8'));
    await expect.poll(async () => await isGroupAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('is asked to end when the step is stopped, also by a server that came later', async () => {
    const spec = await attemptOf('');
    const seen = join(spec.folder, 'daemon');
    const said = join(spec.folder, 'said');
    const listens = `setsid bash -c 'trap "echo heard > ${said}; exit" TERM; echo $$ > ${seen}; while :; do sleep 0.05; done' &`;
    const first = createLocalRunner();
    await first.start({ ...spec, command: `${listens} sleep 600` });
    await expect.poll(async () => await readFile(seen, 'utf8').catch(() => ''), { timeout: 10_000, interval: 10 }).not.toBe('');
    await first[Symbol.asyncDispose]();
    const adopted = await localRunner().adopt(spec.folder);
    adopted.stop();
    expect(await adopted.ended).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
    const pid = Number(await readFile(seen, 'utf8'));
    await expect.poll(async () => await isGroupAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

describe('a limit of time', () => {
  it.each([
    ['', 'echo ready; sleep 600'],
    [', also of a step that does not listen', 'trap "" TERM; echo ready; while :; do sleep 0.05; done'],
  ])('holds while no server lives, and the next one is told%s', async (_who, command) => {
    const spec = await attemptOf(command, { timeoutMs: 100 });
    const first = createLocalRunner({ graceMs: 1000 });
    await first.start(spec);
    await logShows(spec, 'ready');
    await first[Symbol.asyncDispose]();
    const group = await groupOf(spec);
    await expect.poll(async () => await isGroupAlive(group), { timeout: 15_000, interval: 50 }).toBe(false);
    const adopted = await localRunner().adopt(spec.folder);
    expect(await adopted.ended).toEqual({ kind: 'timed-out', timeoutMs: 100 });
  });

  it('leaves nothing behind where the step kept it', async () => {
    const spec = await attemptOf('exit 3', { timeoutMs: 600_000 });
    expect(await runToEnd(localRunner(), spec)).toEqual({ kind: 'exited', exitCode: 3 });
    const group = await groupOf(spec);
    await expect.poll(async () => await isGroupAlive(group), { timeout: 10_000 }).toBe(false);
  });
});
