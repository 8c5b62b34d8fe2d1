import { useSyncExternalStore } from 'react';

/** One timer for every clock on the page: they tick together, and stop when nobody looks. */
const clock = createClock(1000);
const slowClock = createClock(30_000);

/** The present, renewed every second. */
export function useNow(): number {
  return useSyncExternalStore(clock.subscribe, clock.now);
}

/** The present, renewed twice a minute: enough for `2 min ago`. */
export function useSlowNow(): number {
  return useSyncExternalStore(slowClock.subscribe, slowClock.now);
}

interface SharedClock {
  readonly now: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

function createClock(everyMs: number): SharedClock {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;
  const tick = (): void => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    now: (): number => now,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      if (timer === null) {
        now = Date.now();
        timer = setInterval(tick, everyMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
  };
}
