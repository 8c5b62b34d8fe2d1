const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * A point in time as a column shows it: `14:02` today, `Sat` in the week that was, `3 Nov`, `3 Nov 2024`. A day that is to come, where a
 * client's clock is ahead or what it said is wrong, is a date: no word here means a day before and one after.
 */
export function formatMoment(instant: string, now: number): string {
  const date = new Date(instant);
  const days = daysBefore(date, new Date(now));
  if (days === 0) return date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (days > 0 && days < 7) return date.toLocaleDateString('en-GB', { weekday: 'short' });
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** How long ago, in words: `just now`, `2 min ago`, `yesterday`, `3 days ago`, then the date. Of what is to come, when: `at 14:02`, `on 3 Nov`. */
export function formatAgo(instant: string, now: number): string {
  const date = new Date(instant);
  const elapsed = now - date.getTime();
  const days = daysBefore(date, new Date(now));
  // Two clocks are apart by seconds.
  if (elapsed <= -minuteMs) return `${days === 0 ? 'at' : 'on'} ${formatMoment(instant, now)}`;
  if (elapsed < minuteMs) return 'just now';
  if (elapsed < hourMs) return `${Math.floor(elapsed / minuteMs)} min ago`;
  if (days === 0) return `${Math.floor(elapsed / hourMs)} h ago`;
  if (days === 1) return 'yesterday';
  return days < 14 ? `${days} days ago` : `on ${formatMoment(instant, now)}`;
}

/** The whole truth, for tooltips. */
export function formatExact(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}

/** To the second: `14:02:28` today, `Sat 14:02:28` on another day. */
export function formatMomentToSecond(instant: string, now: number): string {
  const clock = new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return daysBefore(new Date(instant), new Date(now)) === 0 ? clock : `${formatMoment(instant, now)} ${clock}`;
}

function daysBefore(date: Date, now: Date): number {
  const midnight = (moment: Date): number => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  return Math.round((midnight(now) - midnight(date)) / dayMs);
}
