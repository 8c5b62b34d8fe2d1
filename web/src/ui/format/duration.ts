const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** How long something took: `40 ms`, `1.8 s`, `1:12`, `2 h 04 min`. */
export function formatDuration(ms: number): string {
  const safe = Math.max(0, ms);
  if (safe < 100) return `${Math.round(safe)} ms`;
  if (safe < 9_950) return `${(safe / secondMs).toFixed(1)} s`;
  return formatElapsed(safe);
}

/** A duration that is counting: always in whole seconds, `0:07`. */
export function formatElapsed(ms: number): string {
  const safe = Math.max(0, ms);
  if (safe >= hourMs) {
    const minutes = Math.floor((safe % hourMs) / minuteMs);
    return `${Math.floor(safe / hourMs)} h ${String(minutes).padStart(2, '0')} min`;
  }
  const seconds = Math.floor((safe % minuteMs) / secondMs);
  return `${Math.floor(safe / minuteMs)}:${String(seconds).padStart(2, '0')}`;
}

export function millisecondsBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
