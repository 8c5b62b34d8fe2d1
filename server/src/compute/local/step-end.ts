import { constants } from 'node:os';
import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** A shell tells a signal as 128 and its number. */
export function endFromExitCode(code: number): StepEnd {
  const signal = code > 128 ? signalNames.get(code - 128) : undefined;
  return signal === undefined ? { kind: 'exited', exitCode: code } : { kind: 'signalled', signal };
}
