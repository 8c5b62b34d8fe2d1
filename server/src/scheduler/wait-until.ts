import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '@pipewright/shared/ids.ts';
import type { Clock } from './effect-context.ts';

/** Longer waits are taken in pieces: timers overflow after 24 days, and the clock may be set meanwhile. */
const pieceMs = 60_000;

/** Resolves when the clock has come to an instant; rejects when the signal fires. */
export async function waitUntil(clock: Clock, until: Instant, signal: AbortSignal): Promise<void> {
  const end = Date.parse(until);
  for (let left = end - clock.now().getTime(); left > 0; left = end - clock.now().getTime()) {
    await delay(Math.min(left, pieceMs), undefined, { signal, ref: false });
  }
}
