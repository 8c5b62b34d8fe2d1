import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';
import type { StepUsage } from '@pipewright/shared/run/step-usage.ts';

/** One attempt, laid out and ready to be started (`lay-out-attempt.ts`). */
export interface AttemptSpec {
  /** `runs/<run>/<step>/<attempt>`; holds everything below. */
  readonly folder: string;
  /** The command after rendering; run by `bash -c`. */
  readonly command: string;
  /** The step's current directory: the fresh copy of its code. */
  readonly workFolder: string;
  /** The whole environment of the process. */
  readonly variables: Readonly<Record<string, string>>;
  /** How long it may run; also enforced while no server lives, though then a little later. */
  readonly timeoutMs: number | null;
}

export interface AttemptHandle {
  /** Never rejects for anything the process or its machine did. */
  readonly ended: Promise<StepEnd>;
  /** TERM to the group, a grace period, KILL; the ending is told by `ended`. */
  stop(): void;
  /** What it took of the machine; complete once it has ended. */
  readonly usage: StepUsage;
  /** How many of its processes had left its group and were found and ended after all; known once it has ended. */
  readonly strays: number;
}

/**
 * Where attempts run. The attempt's folder is the truth: starting one whose folder is already claimed adopts it
 * (alive: watched; ended: its ending; gone without one: lost), so a start may be repeated after any crash.
 */
export interface StepRunner extends AsyncDisposable {
  start(spec: AttemptSpec): Promise<AttemptHandle>;
  /** Adopts an attempt that was started before, without what is only needed to begin one. */
  adopt(folder: string): Promise<AttemptHandle>;
}
