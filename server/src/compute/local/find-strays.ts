import type { Leader } from '../attempt-files.ts';
import { factsOf, numbersIn, readProc } from './linux-process.ts';

const markName = 'PIPEWRIGHT_ATTEMPT';

/** The variable by which processes of an attempt are known that have left its group, as daemons do. */
export const markOf = (folder: string): Readonly<Record<string, string>> => ({ [markName]: folder });

export interface Search {
  readonly folder: string;
  readonly leader: Leader;
  /** Whether the attempt began so long ago that the system may have given away all its numbers since. */
  readonly isLong: boolean;
}

/**
 * Processes of an attempt that are no longer in its group: with `setsid`, a double fork, or a program that makes itself a
 * daemon. They are known by the variable that all of them inherit. Where a process was started with an environment of its
 * own making, or belongs to another user, or the system has no `/proc` (macOS), it is not found.
 */
export function findStrays({ folder, leader, isLong }: Search): number[] {
  if (process.platform !== 'linux') return [];
  const mark = `\0${markName}=${folder}\0`;
  const isLater = isLong || lastNumberGiven() < leader.pid ? () => true : (pid: number) => pid > leader.pid;
  return numbersIn('').filter((pid) => isLater(pid) && pid !== process.pid && isMarked(pid, mark) && isOutside(pid, leader));
}

/** Numbers are given in order, and begin anew at the end: the last one is lower than an earlier one only then. */
const lastNumberGiven = (): number => Number(readProc('loadavg').trim().split(' ').at(-1));

const isMarked = (pid: number, mark: string): boolean => `\0${readProc(`${pid}/environ`)}`.includes(mark);

function isOutside(pid: number, leader: Leader): boolean {
  const facts = factsOf(pid);
  return facts !== undefined && facts.group !== leader.pid;
}
