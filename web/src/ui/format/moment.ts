const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A point in time as a column shows it: `14:02` today, `Sat` this week, `3 Nov`, `3 Nov 2024`. */
export function formatMoment(instant: string, now: number): string {
  const date = new Date(instant);
  const days = daysBefore(date, new Date(now));
  if (days <= 0) return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (days < 7) return date.toLocaleDateString('en-GB', { weekday: 'short' });
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** How long ago, in words: `just now`, `2 min ago`, `yesterday`, `3 days ago`, then the date. */
export function formatAgo(instant: string, now: number): string {
  const date = new Date(instant);
  const elapsed = now - date.getTime();
  if (elapsed < minuteMs) return 'just now';
  if (elapsed < hourMs) return `${Math.floor(elapsed / minuteMs)} min ago`;
  const days = daysBefore(date, new Date(now));
  if (days === 0) return `${Math.floor(elapsed / hourMs)} h ago`;
  if (days === 1) return 'yesterday';
  return days < 14 ? `${days} days ago` : `on ${formatMoment(instant, now)}`;
}

/** The whole truth, for tooltips. */
export function formatExact(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

/** To the second: `14:02:28` today, `Sat 14:02:28` before. */
export function formatMomentToSecond(instant: string, now: number): string {
  const clock = new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return daysBefore(new Date(instant), new Date(now)) <= 0 ? clock : `${formatMoment(instant, now)} ${clock}`;
}

function daysBefore(date: Date, now: Date): number {
  const midnight = (moment: Date): number => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  return Math.round((midnight(now) - midnight(date)) / dayMs);
}
