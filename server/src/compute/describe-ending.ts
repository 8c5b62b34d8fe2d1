import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { StepEnd, StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { AttemptFolder } from './attempt-folder.ts';
import { findFirstError } from './first-error.ts';
import { readLastLines } from './last-lines.ts';

const linesShown = 20;

/** Why an attempt failed, from how it ended and what it said last. */
export async function describeEnding(folder: AttemptFolder, end: StepEnd): Promise<StepFailure> {
  const lastLines = await readLastLines(folder.file('log'), linesShown);
  const firstError = findFirstError(lastLines);
  const said = { lastLines, ...(firstError === undefined ? {} : { firstError }) };
  switch (end.kind) {
    case 'exited':
      return { reason: 'exit-code', exitCode: end.exitCode, message: messageOfCode(end.exitCode), ...said };
    case 'signalled':
      return { reason: 'signal', signal: end.signal, message: messageOfSignal(end.signal), ...said };
    case 'spawn-failed':
      return { reason: 'spawn', message: end.message, ...said };
    case 'lost':
      return { reason: 'lost', message: end.message, ...said };
    default:
      return assertNever(end);
  }
}

function messageOfCode(code: number): string {
  if (code === 127) return 'The command was not found (exit code 127). Look at its spelling and at the environment of the step.';
  if (code === 126) return 'The command could not be executed (exit code 126).';
  return `The command ended with exit code ${code}.`;
}

function messageOfSignal(signal: string): string {
  if (signal === 'SIGKILL') return 'The process was killed by the system (SIGKILL), most often for want of memory.';
  if (signal === 'SIGSEGV') return 'The process crashed (SIGSEGV): an error in compiled code of a package.';
  return `The process was ended by ${signal}.`;
}
