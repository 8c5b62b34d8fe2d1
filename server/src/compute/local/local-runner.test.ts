import { access, mkdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isGroupAlive } from '../../testing/is-group-alive.ts';
import { attemptOf, gateIn, groupOf, localRunner, logOf, logShows, runToEnd } from '../../testing/local-attempts.ts';
import { readPid } from '../attempt-files.ts';
import type { AttemptSpec } from '../step-runner.ts';
import { createLocalRunner } from './local-runner.ts';

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
