import { formatDuration, formatElapsed, millisecondsBetween } from './duration.ts';
import { useNow } from './use-now.ts';

/** Counts from a moment, in tabular figures, so that nothing jiggles. */
export function Elapsed({ since }: { readonly since: string }) {
  const now = useNow();
  return <span className="pw-num">{formatElapsed(now - Date.parse(since))}</span>;
}

/** Counts down to a moment that is to come: `in 0:04`. */
export function Countdown({ until }: { readonly until: string }) {
  const now = useNow();
  return <span className="pw-num">in {formatElapsed(Math.max(0, Date.parse(until) - now))}</span>;
}

/** What it took, once it has ended; counting until then. */
export function Duration({ from, to }: { readonly from: string; readonly to: string | null }) {
  if (to === null) return <Elapsed since={from} />;
  return <span className="pw-num">{formatDuration(millisecondsBetween(from, to))}</span>;
}
