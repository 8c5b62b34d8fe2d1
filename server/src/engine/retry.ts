import { createHash } from 'node:crypto';
import type { Instant } from '@pipewright/shared/ids.ts';
import type { RetryEnding } from '@pipewright/shared/pipeline/step-control.ts';
import type { ResolvedControl } from '@pipewright/shared/run/run-snapshot.ts';

export interface FailedAttempt {
  readonly step: string;
  /** Attempts begun so far, without those that were interrupted. */
  readonly tries: number;
  readonly ending: RetryEnding;
  readonly exitCode: number | undefined;
  readonly at: Instant;
}

/** When the step tries again; null: it does not. */
export function retryAt(policy: NonNullable<ResolvedControl['retry']>, { step, tries, ending, exitCode, at }: FailedAttempt): Instant | null {
  if (tries > policy.count || !policy.on.includes(ending)) return null;
  if (ending === 'failed' && policy.exitCodes !== null && (exitCode === undefined || !policy.exitCodes.includes(exitCode))) return null;
  const waitMs = Math.min(policy.maxBackoffMs, policy.backoffMs * policy.factor ** (tries - 1));
  const shorterBy = policy.jitter * chanceOf(`${step}@${tries} ${at}`);
  return new Date(Date.parse(at) + Math.round(waitMs * (1 - shorterBy))).toISOString();
}

/** From 0 to 1, the same for the same text: replaying a run's events must give the same times. */
function chanceOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}
