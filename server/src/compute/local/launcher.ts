// The launcher: a process beside the server that starts steps, because a spawn blocks its parent in proportion to its
// memory. It holds no state: an attempt's folder is the truth, so it may die with the server or without it. Kept free of
// imports that cost memory; the messages are parsed by the server's side.
import { spawn } from 'node:child_process';
import { accessSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { attemptFiles } from '../attempt-files.ts';
import { leaderScript } from './leader.ts';
import type { LauncherReply, LauncherRequest } from './launcher-messages.ts';

// Ctrl-C reaches the whole terminal group: the server decides what becomes of the steps, and ends the launcher by its input.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('SIGHUP', () => undefined);
// The server is gone; what it asked for is still started, and the server that comes next finds it.
process.stdout.on('error', () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  // Written by the server of the same release, in this very form.
  const request = JSON.parse(line) as LauncherRequest;
  if (isClaimed(request)) start(request);
});
lines.on('close', () => process.exit(0));

/** The folder `claim` can be made once: whoever makes it starts the attempt. */
function isClaimed({ id, folder }: LauncherRequest): boolean {
  try {
    mkdirSync(join(folder, attemptFiles.claim));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') reply({ kind: 'taken', id });
    else reply({ kind: 'failed', id, message: `The folder of the step cannot be written: ${textOf(error)}.` });
    return false;
  }
}

function start({ id, folder, workFolder, command, variables, limit }: LauncherRequest): void {
  let log: number | undefined;
  try {
    accessSync(workFolder);
    log = openSync(join(folder, attemptFiles.log), 'a');
    const stdio = ['ignore', log, log] as const;
    const leader = ['-c', leaderScript(limit), 'bash', folder, command];
    const child = spawn('bash', leader, { cwd: workFolder, env: variables, detached: true, stdio: [...stdio] });
    child.on('error', (error) => reply({ kind: 'failed', id, message: explain(error) }));
    child.on('exit', () => reply({ kind: 'ended', id }));
    if (child.pid !== undefined) reply({ kind: 'started', id, pid: child.pid });
  } catch (error) {
    reply({ kind: 'failed', id, message: explain(error) });
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

function explain(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return isMissingFolder(error)
        ? 'The working folder of the step was removed before it could start.'
        : 'bash was not found on this machine. Install bash; steps run in it.';
    case 'EAGAIN':
    case 'ENOMEM':
      return 'The system could not start another process: it is out of memory or of process places.';
    case 'EMFILE':
    case 'ENFILE':
      return 'The system could not start another process: too many files are open.';
    case 'E2BIG':
      return 'The command and its environment are too long for this system. Put long texts into a file.';
    case 'ENOSPC':
      return 'The disk is full.';
    default:
      return textOf(error);
  }
}

const isMissingFolder = (error: unknown): boolean => error instanceof Error && 'syscall' in error && error.syscall === 'access';
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function reply(message: LauncherReply): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
