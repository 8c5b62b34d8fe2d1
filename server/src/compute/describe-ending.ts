import { statfs } from 'node:fs/promises';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { StepEnd, StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import { findFirstError } from './first-error.ts';
import { readLastLines } from './last-lines.ts';

const linesShown = 20;

/** Why an attempt failed, from how it ended and what it said last; the end of its log says it too. */
export async function describeEnding(folder: AttemptFolder, end: StepEnd): Promise<StepFailure> {
  const lines = await readLastLines(folder.file('log'));
  const isFull = end.kind === 'exited' && (await isDiskFull(folder.path));
  const why = isFull ? { ...ending(end), message: messageOfFullDisk(end.exitCode) } : ending(end);
  // What a program says of a write that failed is seldom that: the disk comes first then.
  const firstError = isFull ? undefined : findFirstError(lines);
  const failure: StepFailure = { ...why, lastLines: lines.slice(-linesShown), ...(firstError === undefined ? {} : { firstError }) };
  await folder.noteEnding(failure.message);
  return failure;
}

function ending(end: StepEnd): Omit<StepFailure, 'lastLines'> {
  switch (end.kind) {
    case 'exited':
      return { reason: 'exit-code', exitCode: end.exitCode, message: messageOfCode(end.exitCode) };
    case 'signalled':
      return { reason: 'signal', signal: end.signal, message: messageOfSignal(end.signal) };
    case 'timed-out':
      return {
        reason: 'timeout',
        message: `The step ran longer than its limit of ${end.timeoutMs / 1000} s and was stopped. Raise limits.timeout, of a trial limits.trial_timeout, if it needs more.`,
      };
    case 'spawn-failed':
      return { reason: 'spawn', message: end.message };
    case 'lost':
      return { reason: 'lost', message: end.message };
    default:
      return assertNever(end);
  }
}

/** Room that is only there because the server has given up its reserve counts as none. */
const noRoomBytes = 4 * 1024 * 1024;

async function isDiskFull(folder: string): Promise<boolean> {
  const room = await statfs(folder).catch(() => null);
  return room !== null && room.bavail * room.bsize < noRoomBytes;
}

const messageOfFullDisk = (code: number): string =>
  `The disk is full, and the command ended with exit code ${code}. Make room, for instance with pipewright gc, and run it again.`;

function messageOfCode(code: number): string {
  if (code === 127) return 'The command was not found (exit code 127). Look at its spelling and at the environment of the step.';
  if (code === 126) return 'The command could not be executed (exit code 126). Is the file a program, and may it be executed?';
  return `The command ended with exit code ${code}.`;
}

function messageOfSignal(signal: string): string {
  switch (signal) {
    case 'SIGKILL':
      return 'The process was killed by the system (SIGKILL), most often for want of memory.';
    case 'SIGSEGV':
    case 'SIGBUS':
    case 'SIGILL':
      return `The process crashed (${signal}): an error in compiled code of a package.`;
    case 'SIGABRT':
      return 'The process gave up by itself (SIGABRT): compiled code of a package found its state to be impossible.';
    default:
      return `The process was ended by ${signal}.`;
  }
}
