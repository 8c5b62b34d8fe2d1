import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished } from 'vitest';
import { readPid } from '../compute/attempt-files.ts';
import { createLocalRunner } from '../compute/local/local-runner.ts';
import { signalGroup } from '../compute/local/process-identity.ts';
import type { AttemptHandle, AttemptSpec, StepRunner } from '../compute/step-runner.ts';
import { isGroupAlive } from './is-group-alive.ts';
import { tempFolder } from './temp-folder.ts';

export function localRunner(options: Parameters<typeof createLocalRunner>[0] = {}): StepRunner {
  const runner = createLocalRunner({ graceMs: 5000, ...options });
  onTestFinished(async () => await runner[Symbol.asyncDispose]());
  return runner;
}

/** An attempt in a folder of its own; whatever lives of it when the test has finished is killed. */
export async function attemptOf(command: string, more: Partial<AttemptSpec> = {}): Promise<AttemptSpec> {
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
export async function gateIn(folder: string): Promise<{ readonly path: string; readonly open: () => Promise<void> }> {
  const path = join(folder, 'gate');
  await promisify(execFile)('mkfifo', [path]);
  return { path, open: async () => await writeFile(path, 'go\n') };
}

export const logOf = async ({ folder }: AttemptSpec): Promise<string> => await readFile(join(folder, 'log'), 'utf8');
export const logShows = async (spec: AttemptSpec, text: string): Promise<void> =>
  await expect.poll(async () => await logOf(spec).catch(() => ''), { timeout: 10_000, interval: 10 }).toContain(text);

export async function groupOf({ folder }: AttemptSpec): Promise<number> {
  await expect.poll(() => readPid(folder), { timeout: 10_000, interval: 10 }).toBeDefined();
  return readPid(folder)?.pid ?? 0;
}

export async function runToEnd(runner: StepRunner, spec: AttemptSpec): Promise<Awaited<AttemptHandle['ended']>> {
  return await (
    await runner.start(spec)
  ).ended;
}
