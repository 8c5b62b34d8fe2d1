import { execFile } from 'node:child_process';
import { access, mkdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isGroupAlive } from '../../testing/is-group-alive.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { readPid } from '../attempt-files.ts';
import type { AttemptHandle, AttemptSpec, StepRunner } from '../step-runner.ts';
import { createLocalRunner } from './local-runner.ts';
import { signalGroup } from './process-identity.ts';

function localRunner(options: Parameters<typeof createLocalRunner>[0] = {}): StepRunner {
  const runner = createLocalRunner({ graceMs: 5000, ...options });
  onTestFinished(async () => await runner[Symbol.asyncDispose]());
  return runner;
}

/** An attempt in a folder of its own; whatever lives of it when the test has finished is killed. */
async function attemptOf(command: string, more: Partial<AttemptSpec> = {}): Promise<AttemptSpec> {
  const folder = await tempFolder();
  const workFolder = join(folder, 'work');
  await mkdir(workFolder);
  onTestFinished(async () => {
    const leader = readPid(folder);
    // It may end between the look and the signal.
    if (leader && (await isGroupAlive(leader.pid))) signalGroup(leader.pid, 'SIGKILL');
  });
  return { folder, workFolder, command, timeoutMs: null, variables: { PATH: process.env['PATH'] ?? '' }, ...more };
}

/** A place where a step stands still until the test lets it go on. */
async function gateIn(folder: string): Promise<{ readonly path: string; readonly open: () => Promise<void> }> {
  const path = join(folder, 'gate');
  await promisify(execFile)('mkfifo', [path]);
  return { path, open: async () => await writeFile(path, 'go\n') };
}

const logOf = async ({ folder }: AttemptSpec): Promise<string> => await readFile(join(folder, 'log'), 'utf8');
const logShows = async (spec: AttemptSpec, text: string): Promise<void> =>
  await expect.poll(async () => await logOf(spec).catch(() => ''), { timeout: 10_000, interval: 10 }).toContain(text);

async function groupOf({ folder }: AttemptSpec): Promise<number> {
  await expect.poll(() => readPid(folder), { timeout: 10_000, interval: 10 }).toBeDefined();
  return readPid(folder)?.pid ?? 0;
}

async function runToEnd(runner: StepRunner, spec: AttemptSpec): Promise<Awaited<AttemptHandle['ended']>> {
  return await (
    await runner.start(spec)
  ).ended;
}

describe('a step that runs', () => {
  it('finds its working folder, its variables and nothing on its input, and writes both streams to one log in order', async () => {
    const spec = await attemptOf('echo "in $PWD"; echo "to $GREETED" >&2; echo "read [$(cat)]"; env | sort > env.txt');
    const end = await runToEnd(localRunner(), { ...spec, variables: { ...spec.variables, GREETED: 'the world' } });
    expect(end).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await logOf(spec)).toBe(`in ${spec.workFolder}\nto the world\nread []\n`);
    const names = (await readFile(join(spec.workFolder, 'env.txt'), 'utf8')).split('\n').map((line) => line.split('=')[0]);
    expect(names.filter((name) => name !== '')).toEqual(['GREETED', 'PATH', 'PIPEWRIGHT_ATTEMPT', 'PWD', 'SHLVL', '_']);
  });

  it('runs as `bash -c` would: several lines, no arguments, its own syntax errors', async () => {
    const fine = await attemptOf('for x in a b; do\n  echo "$x$#"\ndone\nnosuchprogram');
    expect(await runToEnd(localRunner(), fine)).toEqual({ kind: 'exited', exitCode: 127 });
    expect(await logOf(fine)).toBe('a0\nb0\nbash: line 4: nosuchprogram: command not found\n');
    const broken = await attemptOf('if then');
    expect(await runToEnd(localRunner(), broken)).toEqual({ kind: 'exited', exitCode: 2 });
    expect(await logOf(broken)).toContain('`if then');
  });

  it('tells its exit code, and a signal by its name', async () => {
    const runner = localRunner();
    expect(await runToEnd(runner, await attemptOf('exit 7'))).toEqual({ kind: 'exited', exitCode: 7 });
    expect(await runToEnd(runner, await attemptOf('exit 255'))).toEqual({ kind: 'exited', exitCode: 255 });
    expect(await runToEnd(runner, await attemptOf("bash -c 'kill -SEGV $$'"))).toEqual({ kind: 'signalled', signal: 'SIGSEGV' });
    expect(await runToEnd(runner, await attemptOf('kill -KILL $BASHPID'))).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
  });

  it('leads a group and a session of its own', async () => {
    const spec = await attemptOf('cut -d" " -f5,6 /proc/self/stat');
    await runToEnd(localRunner(), spec);
    const leader = readPid(spec.folder);
    expect((await logOf(spec)).trim()).toBe(`${leader?.pid} ${leader?.pid}`);
  });

  it('takes along what it left behind', async () => {
    const spec = await attemptOf('sleep 600 & echo "left $!"');
    expect(await runToEnd(localRunner(), spec)).toEqual({ kind: 'exited', exitCode: 0 });
    const group = await groupOf(spec);
    await expect.poll(async () => await isGroupAlive(group), { timeout: 10_000 }).toBe(false);
  });

  it.each([
    ['there is no bash', { variables: { PATH: '/nonexistent' } }, /bash was not found/],
    ['its working folder is gone', { workFolder: '/nonexistent/folder' }, /working folder .* removed/],
    ['its folder is gone', { folder: '/nonexistent/folder' }, /folder of the step cannot be written/],
    ['the command is longer than the system allows', { command: `: ${'x'.repeat(3_000_000)}` }, /too long/],
  ] satisfies [string, Partial<AttemptSpec>, RegExp][])('cannot be started when %s, and says so', async (_when, more, message) => {
    const end = await runToEnd(localRunner(), await attemptOf('true', more));
    expect(end).toEqual({ kind: 'spawn-failed', message: expect.stringMatching(message) });
  });
});

describe('starting an attempt again', () => {
  it('runs it once, and both hear how it ended, in one server or in two', async () => {
    const runner = localRunner();
    const spec = await attemptOf('echo once');
    const handles = await Promise.all([runner.start(spec), runner.start(spec), localRunner().start(spec)]);
    const ends = await Promise.all(handles.map(async ({ ended }) => await ended));
    expect(ends).toEqual(Array.from({ length: 3 }, () => ({ kind: 'exited', exitCode: 0 })));
    expect(await logOf(spec)).toBe('once\n');
    expect(await runToEnd(runner, spec)).toEqual({ kind: 'exited', exitCode: 0 });
    expect(await logOf(spec)).toBe('once\n');
  });

  it('gives up one that was claimed and never began', async () => {
    const spec = await attemptOf('echo never');
    await mkdir(join(spec.folder, 'claim'));
    const end = await runToEnd(localRunner({ unbornAfterMs: 50 }), spec);
    expect(end).toEqual({ kind: 'lost', message: expect.stringContaining('never began') });
  });
});

describe('a step and its server', () => {
  it('lives on when the server goes, and is found by the next one', async () => {
    const spec = await attemptOf('');
    const gate = await gateIn(spec.folder);
    const command = `echo waiting; read -r < ${gate.path}; echo went on; exit 4`;
    const first = createLocalRunner();
    await first.start({ ...spec, command });
    await logShows(spec, 'waiting');
    await first[Symbol.asyncDispose]();
    const adopted = await localRunner().adopt(spec.folder);
    await gate.open();
    expect(await adopted.ended).toEqual({ kind: 'exited', exitCode: 4 });
    expect(await logOf(spec)).toBe('waiting\nwent on\n');
  });

  it('ended while no server was there: its ending is in its folder', async () => {
    const spec = await attemptOf('exit 9');
    await runToEnd(localRunner(), spec);
    expect(await (await localRunner().adopt(spec.folder)).ended).toEqual({ kind: 'exited', exitCode: 9 });
  });

  it('lives on when the launcher is killed, and the next step gets a new launcher', async () => {
    const runner = localRunner();
    const spec = await attemptOf('');
    const gate = await gateIn(spec.folder);
    const handle = await runner.start({ ...spec, command: `echo "launcher $PPID"; read -r < ${gate.path}; exit 5` });
    await logShows(spec, 'launcher');
    process.kill(Number((await logOf(spec)).split(' ')[1]), 'SIGKILL');
    expect(await runToEnd(runner, await attemptOf('exit 6'))).toEqual({ kind: 'exited', exitCode: 6 });
    await gate.open();
    expect(await handle.ended).toEqual({ kind: 'exited', exitCode: 5 });
  });

  it('is started by the next launcher when the one that was asked died first', async () => {
    const runner = localRunner();
    const probe = await attemptOf('echo "launcher $PPID"');
    await runToEnd(runner, probe);
    const launcher = Number((await logOf(probe)).split(' ')[1]);
    process.kill(launcher, 'SIGSTOP');
    const specs = await Promise.all([1, 2, 3].map(async (code) => await attemptOf(`exit ${code}`)));
    const handles = await Promise.all(specs.map(async (spec) => await runner.start(spec)));
    process.kill(launcher, 'SIGKILL');
    const ends = await Promise.all(handles.map(async ({ ended }) => await ended));
    expect(ends).toEqual([1, 2, 3].map((exitCode) => ({ kind: 'exited', exitCode })));
  });

  it('has a launcher that Ctrl-C and TERM do not end, and that goes with the server', async () => {
    const runner = createLocalRunner();
    const spec = await attemptOf('echo "launcher $PPID"');
    await runToEnd(runner, spec);
    const launcher = Number((await logOf(spec)).split(' ')[1]);
    process.kill(launcher, 'SIGINT');
    process.kill(launcher, 'SIGTERM');
    const next = await attemptOf('echo "launcher $PPID"');
    await runToEnd(runner, next);
    expect(await logOf(next)).toBe(`launcher ${launcher}\n`);
    await runner[Symbol.asyncDispose]();
    await expect(readlink(`/proc/${launcher}/exe`)).rejects.toThrow();
  });
});

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
  it('holds while no server lives, and the next one is told', async () => {
    const spec = await attemptOf('echo ready; sleep 600', { timeoutMs: 100 });
    const first = createLocalRunner({ graceMs: 1000 });
    await first.start(spec);
    await logShows(spec, 'ready');
    await first[Symbol.asyncDispose]();
    const group = await groupOf(spec);
    await expect.poll(async () => await isGroupAlive(group), { timeout: 15_000, interval: 50 }).toBe(false);
    const adopted = await localRunner().adopt(spec.folder);
    expect(await adopted.ended).toEqual({ kind: 'timed-out', timeoutMs: 100 });
  });

  it('ends a step that does not listen, too', async () => {
    const spec = await attemptOf('trap "" TERM; echo deaf; while :; do sleep 0.05; done', { timeoutMs: 100 });
    const first = createLocalRunner({ graceMs: 1000 });
    await first.start(spec);
    await logShows(spec, 'deaf');
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

describe('an attempt as its folder tells it', () => {
  it('does not count an ending that is only half written', async () => {
    const spec = await attemptOf('');
    const gate = await gateIn(spec.folder);
    const handle = await localRunner().start({ ...spec, command: `echo begun; read -r < ${gate.path}; exit 12` });
    await logShows(spec, 'begun');
    await writeFile(join(spec.folder, 'exit'), '1');
    const adopted = await localRunner().adopt(spec.folder);
    await gate.open();
    expect(await Promise.all([handle.ended, adopted.ended])).toEqual([
      { kind: 'exited', exitCode: 12 },
      { kind: 'exited', exitCode: 12 },
    ]);
  });

  it('is lost when its process is gone without an ending', async () => {
    const spec = await attemptOf('sleep 600');
    const handle = await localRunner().start(spec);
    const group = await groupOf(spec);
    process.kill(group, 'SIGKILL');
    expect(await handle.ended).toEqual({ kind: 'lost', message: expect.stringContaining('left no exit code') });
    // What the leader left is ended, so that a retry meets nobody.
    await expect.poll(async () => await isGroupAlive(group), { timeout: 10_000 }).toBe(false);
  });

  it('is lost for want of disk when its exit code could not be written', async () => {
    const spec = await attemptOf('sleep 600');
    const handle = await localRunner().start(spec);
    const group = await groupOf(spec);
    // The file is made, and nothing of what stands in it: that is what the leader leaves on a full disk.
    await writeFile(join(spec.folder, 'exit'), '');
    process.kill(group, 'SIGKILL');
    expect(await handle.ended).toEqual({ kind: 'lost', message: expect.stringContaining('The disk is full') });
  });

  it('is lost when another process bears its number, which is left alone', async () => {
    const other = await attemptOf('sleep 600');
    await localRunner().start(other);
    const stranger = await groupOf(other);
    const spec = await attemptOf('true');
    await mkdir(join(spec.folder, 'claim'));
    await writeFile(join(spec.folder, 'pid'), `${stranger} 1\n`);
    const adopted = await localRunner().adopt(spec.folder);
    adopted.stop();
    expect(await adopted.ended).toMatchObject({ kind: expect.stringMatching(/lost|signalled/) });
    expect(await isGroupAlive(stranger)).toBe(true);
    await rm(join(spec.folder, 'pid'));
  });

  it('is lost when its folder was removed', async () => {
    const spec = await attemptOf('true');
    await rm(spec.folder, { recursive: true });
    const adopted = await localRunner({ unbornAfterMs: 50 }).adopt(spec.folder);
    expect(await adopted.ended).toMatchObject({ kind: 'lost' });
  });
});

describe('stopping', () => {
  it('asks first: the step may say its last words and choose its exit code', async () => {
    const spec = await attemptOf('');
    const gate = await gateIn(spec.folder);
    const handle = await localRunner().start({ ...spec, command: `trap 'echo goodbye; exit 3' TERM; echo ready; read -r < ${gate.path}` });
    await logShows(spec, 'ready');
    handle.stop();
    handle.stop();
    expect(await handle.ended).toEqual({ kind: 'exited', exitCode: 3 });
    expect(await logOf(spec)).toBe('ready\ngoodbye\n');
  });

  it('reaches every process of the group', async () => {
    const spec = await attemptOf('bash -c "sleep 600 & wait" & echo ready; wait');
    const handle = await localRunner().start(spec);
    await logShows(spec, 'ready');
    handle.stop();
    expect(await handle.ended).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
    const group = await groupOf(spec);
    await expect.poll(async () => await isGroupAlive(group), { timeout: 10_000 }).toBe(false);
  });

  it('kills what does not listen, after the grace period', async () => {
    const spec = await attemptOf('trap "" TERM; echo deaf; while :; do read -t 0.05 <> <(:); done');
    const handle = await localRunner({ graceMs: 50 }).start(spec);
    await logShows(spec, 'deaf');
    handle.stop();
    expect(await handle.ended).toEqual({ kind: 'signalled', signal: 'SIGKILL' });
    const group = await groupOf(spec);
    await expect.poll(async () => await isGroupAlive(group), { timeout: 10_000 }).toBe(false);
  });

  it('ends a process that was halted', async () => {
    const spec = await attemptOf('echo halting; kill -STOP $BASHPID; echo never');
    const handle = await localRunner().start(spec);
    await logShows(spec, 'halting');
    handle.stop();
    expect(await handle.ended).toMatchObject({ kind: 'signalled' });
  });

  it('works on an adopted attempt, and on one that is only just being started', async () => {
    const spec = await attemptOf('echo ready; sleep 600');
    const first = createLocalRunner();
    await first.start(spec);
    await logShows(spec, 'ready');
    await first[Symbol.asyncDispose]();
    const adopted = await localRunner().adopt(spec.folder);
    adopted.stop();
    expect(await adopted.ended).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
    const fresh = await localRunner().start(await attemptOf('sleep 600'));
    fresh.stop();
    expect(await fresh.ended).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
  });

  it('does nothing to one that has ended', async () => {
    const spec = await attemptOf('exit 2');
    const handle = await localRunner().start(spec);
    await handle.ended;
    handle.stop();
    expect(await handle.ended).toEqual({ kind: 'exited', exitCode: 2 });
    await access(join(spec.folder, 'exit'));
  });
});
