// The launcher: a process beside the server that starts steps, because a spawn blocks its parent in proportion to its
// memory. It holds no state: an attempt's folder is the truth, so it may die with the server or without it. Kept free of
// imports that cost memory; the messages are parsed by the server's side.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { attemptFiles } from '../attempt-folder.ts';
import { leaderScript } from './leader.ts';
import type { LauncherReply, LauncherRequest } from './launcher-messages.ts';

// Ctrl-C reaches the whole terminal group: the server decides what becomes of the steps.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  // Written by the server of the same release, in this very form.
  start(JSON.parse(line) as LauncherRequest);
});
lines.on('close', () => process.exit(0));

function start(request: LauncherRequest): void {
  const { id, folder } = request;
  let log: number | undefined;
  try {
    log = openSync(join(folder, attemptFiles.log), 'a');
    const child = spawn('bash', ['-c', leaderScript, 'bash'], {
      cwd: request.workFolder,
      env: { ...request.variables, PIPEWRIGHT_ATTEMPT: folder, PIPEWRIGHT_COMMAND: request.command },
      detached: true,
      stdio: ['ignore', log, log],
    });
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
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'bash was not found on this machine. Install bash; steps run in it.';
  if (code === 'EAGAIN' || code === 'ENOMEM') return 'The system could not start another process: it is out of memory or of process places.';
  if (code === 'E2BIG') return 'The command and its environment are too long for this system. Put long texts into a file.';
  return error instanceof Error ? error.message : String(error);
}

function reply(message: LauncherReply): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
