import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names in an attempt's folder. The launcher makes `claim`, the step writes `log`, `pid` and `exit`; the server the rest. */
export const attemptFiles = {
  /** Made by whoever starts the attempt: the second one to try finds it taken. */
  claim: 'claim',
  /** `PID STARTTIME`, the start in the units of the system, so that a reused pid is not taken for ours. */
  pid: 'pid',
  /** The exit code; counts once it ends in a newline. */
  exit: 'exit',
  /** What the attempt took of the machine; there before its exit code is. */
  usage: 'usage',
  /** The limit in milliseconds, where its leader ended the attempt because no server did. */
  timedOut: 'timed-out',
  /** Both streams of the step, in order. */
  log: 'log',
  /** Our own lines before and after it. */
  prologue: 'prologue.log',
  epilogue: 'epilogue.log',
  work: 'work',
  /** What its command installs, where it does. */
  packages: 'packages',
  outputs: 'outputs',
  /** Links to inputs whose own paths a shell would break into words. */
  inputs: 'inputs',
  /** What the step was given, for people. */
  description: 'step.json',
} as const;

/** The process that leads an attempt's group. */
export interface Leader {
  readonly pid: number;
  readonly startTime: string;
}

/** Undefined while the attempt has not ended, or its ending is only half written. */
export function readExitCode(folder: string): number | undefined {
  const text = readOwn(folder, 'exit') ?? '';
  return /^\d+\n$/.test(text) ? Number(text) : undefined;
}

/** The file was made, and the disk took nothing of what was to stand in it. */
export function isExitCodeCut(folder: string): boolean {
  return readOwn(folder, 'exit') === '';
}

/** Undefined while the leader has not said who it is. */
export function readPid(folder: string): Leader | undefined {
  const match = /^(\d+) (\S+)\n$/.exec(readOwn(folder, 'pid') ?? '');
  return match?.[1] && match[2] ? { pid: Number(match[1]), startTime: match[2] } : undefined;
}

/** The limit that its leader found to be over; undefined where it did not have to. */
export function readTimedOut(folder: string): number | undefined {
  const text = readOwn(folder, 'timedOut') ?? '';
  return /^\d+(\.\d+)?\n$/.test(text) ? Number(text) : undefined;
}

/** As the leader wrote it; empty where it could not. */
export const readUsageText = (folder: string): string => readOwn(folder, 'usage') ?? '';

/** A few bytes of our own: read in less time than a way through the thread pool takes. */
function readOwn(folder: string, name: 'exit' | 'pid' | 'usage' | 'timedOut'): string | null {
  try {
    return readFileSync(join(folder, attemptFiles[name]), 'utf8');
  } catch {
    return null;
  }
}
