import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Leader } from '../attempt-files.ts';
import { factsOf } from './linux-process.ts';

/** Whether the process that wrote `pid` lives, and not another one that got its number. */
export async function isSameProcess({ pid, startTime }: Leader): Promise<boolean> {
  return (await startTimeOf(pid)) === startTime;
}

/**
 * Whether the group of that number is the leader's. A number is not given away while a group has it, so when the leader
 * is gone and nobody else bears its number, whoever is left in the group belongs to it.
 */
export async function ownsGroup({ pid, startTime }: Leader): Promise<boolean> {
  const current = await startTimeOf(pid);
  return current === undefined || current === startTime;
}

/** When a process began, as `leader.ts` writes it; undefined when there is none, or only what is left of one. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return factsOf(pid)?.startTime;
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim().replaceAll(/\s+/g, '_') || undefined;
}

type Signal = 'SIGTERM' | 'SIGCONT' | 'SIGKILL';

export function signalGroup(group: number, signal: Signal): void {
  signalProcess(-group, signal);
}

export function signalProcess(pid: number, signal: Signal): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone: how the attempt ended is in its folder.
  }
}
