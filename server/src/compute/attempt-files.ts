import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names in an attempt's folder. The launcher makes `claim`, the step writes `log`, `pid` and `exit`; the server the rest. */
export const attemptFiles = {
  /** Made by whoever starts the attempt: the second one to try finds it taken. */
  claim: 'claim',
  /** `PID STARTTIME`, the start in the units of the system, so that a reused pid is not taken for ours. */
  pid: 'pid',
  /** The exit code; counts once it ends in a newline. */
  exit: 'exit',
  /** Both streams of the step, in order. */
  log: 'log',
  /** Our own lines before and after it. */
  prologue: 'prologue.log',
  epilogue: 'epilogue.log',
  work: 'work',
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
export async function readExitCode(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, attemptFiles.exit), 'utf8').catch(() => '');
  return /^\d+\n$/.test(text) ? Number(text) : undefined;
}

/** The file was made, and the disk took nothing of what was to stand in it. */
export async function isExitCodeCut(folder: string): Promise<boolean> {
  return (await readFile(join(folder, attemptFiles.exit), 'utf8').catch(() => null)) === '';
}

/** Undefined while the leader has not said who it is. */
export async function readPid(folder: string): Promise<Leader | undefined> {
  const text = await readFile(join(folder, attemptFiles.pid), 'utf8').catch(() => '');
  const match = /^(\d+) (\S+)\n$/.exec(text);
  return match?.[1] && match[2] ? { pid: Number(match[1]), startTime: match[2] } : undefined;
}
