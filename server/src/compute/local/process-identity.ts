import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Leader } from '../attempt-files.ts';

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
  if (process.platform === 'linux') {
    const text = readStat(pid);
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const isZombie = fields[0] === 'Z' || fields[0] === 'X';
    return isZombie ? undefined : fields[19];
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim().replaceAll(/\s+/g, '_') || undefined;
}

/** The system's own memory, not a disk. */
function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

export function signalGroup(group: number, signal: 'SIGTERM' | 'SIGCONT' | 'SIGKILL'): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The group is gone: its ending is in the folder.
  }
}
