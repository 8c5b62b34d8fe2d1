import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { stepOfKey } from './step-of-key.ts';

/** How a step of a run is called, and the types of its outputs. */
export interface OutputsOfStep {
  readonly title: string;
  readonly outputs: Readonly<Record<string, PortType>>;
}

export function outputsOfStep(snapshot: RunSnapshot, key: string): OutputsOfStep | null {
  const step = stepOfKey(snapshot, key);
  return step ? { title: step.displayName, outputs: Object.fromEntries(Object.entries(step.outputs).map(([name, { type }]) => [name, type])) } : null;
}

/** An output of a run. */
export interface OutputInRun {
  readonly step: string;
  readonly port: string;
}

/** The process that puts an output out: the step itself, or of a pipeline inside the run a step in it. */
export function makerOf({ nested }: Pick<RunSnapshot, 'nested'>, { step, port }: OutputInRun): OutputInRun {
  const inner = nested?.[step]?.outputs[port];
  return inner ? { step: inner.step, port: inner.output } : { step, port };
}
