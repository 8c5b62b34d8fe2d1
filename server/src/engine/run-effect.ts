import type { Instant } from '@pipewright/shared/ids.ts';
import type { Fingerprint } from './fingerprint.ts';

/**
 * What the outside world must now do for a run. Plain data: stored with the event that asked for it, performed after
 * the commit, and performed again after a crash, so every one of them must be harmless when repeated.
 */
export type RunEffect =
  /** Answered by `step:reuse-found` or `step:run-decided`. */
  | { readonly type: 'decideStep'; readonly step: string; readonly fingerprint: Fingerprint }
  /** Answered by `step:expanded` or `step:expansion-failed`. */
  | { readonly type: 'expandItems'; readonly step: string }
  /** While trials run: ends those that do badly, finds out what to try next, ends all when the time is up. Nothing answers it. */
  | { readonly type: 'watchSweep'; readonly step: string }
  /** Finds out whether there is another round after so many; answered by `step:items-added` or `step:expansion-failed`. */
  | { readonly type: 'findNextRound'; readonly step: string; readonly after: number }
  /** Answered by `step:prepared` or `step:preparation-failed`. */
  | { readonly type: 'prepareStep'; readonly step: string; readonly attempt: number }
  /** Waits for a slot; answered by `step:started`, later by `step:exited`. Repeated, it adopts the attempt that lives. */
  | { readonly type: 'startAttempt'; readonly step: string; readonly attempt: number }
  /** Answered by `step:collected` or `step:collection-failed`. */
  | { readonly type: 'collectOutputs'; readonly step: string; readonly attempt: number }
  /** Answered by `step:retry-due` when `until` has come. */
  | { readonly type: 'waitToRetry'; readonly step: string; readonly attempt: number; readonly until: Instant }
  /** TERM, grace, KILL to the group; answered by the attempt's own `step:exited`. */
  | { readonly type: 'stopAttempt'; readonly step: string; readonly attempt: number };

/** The same effect asked for twice has the same id. */
export function effectId(effect: RunEffect): string {
  if (effect.type === 'findNextRound') return `${effect.type}:${effect.step}@${effect.after}`;
  return effect.type === 'decideStep' || effect.type === 'expandItems' || effect.type === 'watchSweep'
    ? `${effect.type}:${effect.step}`
    : `${effect.type}:${effect.step}@${effect.attempt}`;
}
