import type { Page } from '@playwright/test';
import { z } from 'zod';

const TraceEvent = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number().optional(),
  tid: z.number().optional(),
  ts: z.number().optional(),
  dur: z.number().optional(),
  tdur: z.number().optional(),
  args: z.record(z.string(), z.unknown()).optional(),
});
type TraceEvent = z.infer<typeof TraceEvent>;

export interface MainThread {
  /** Milliseconds on the clock of the longest task, which also passes while the machine does something else. */
  readonly longestMs: number;
  /** Milliseconds of the processor, of the longest task and of all. */
  readonly longestCpuMs: number;
  readonly cpuMs: number;
  /** The part of it that is script: handlers, timers, what they bring about, and the collector of garbage. */
  readonly scriptMs: number;
}

const scripts = /^(FunctionCall|EvaluateScript|v8\.|EventDispatch|TimerFire|FireAnimationFrame|RunMicrotasks|V8\.GC|MinorGC|MajorGC)/;

/** Begin and end of what is watched, when it is less than all of it: set by the page (`performance.mark`). */
export const watchedFrom = 'bench:from';
export const watchedTo = 'bench:to';

/** What the page's main thread does while something goes on; between the page's marks, where it sets them. */
export async function watchMainThread(page: Page, act: () => Promise<void>): Promise<MainThread> {
  const browser = page.context().browser();
  if (!browser) throw new Error('expected a browser');
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await act();
  const text = (await browser.stopTracing()).toString('utf8');
  return measured(z.object({ traceEvents: z.array(TraceEvent) }).parse(JSON.parse(text)).traceEvents);
}

function measured(events: readonly TraceEvent[]): MainThread {
  const mains = new Set(events.filter(({ name, args }) => name === 'thread_name' && args?.['name'] === 'CrRendererMain').map(threadOf));
  const [from, to] = [timeOf(events, watchedFrom) ?? -Infinity, timeOf(events, watchedTo) ?? Infinity];
  const isWatched = ({ ts = 0, dur = 0 }: TraceEvent): boolean => ts + dur >= from && ts <= to;
  const onMain = events.filter((event) => event.ph === 'X' && mains.has(threadOf(event)) && isWatched(event));
  const all = [...Map.groupBy(onMain, threadOf).values()].map(sumUp);
  // Other pages of the browser stand still.
  const busiest = all.toSorted((a, b) => b.cpuMs - a.cpuMs)[0];
  if (!busiest) throw new Error('expected tasks of a main thread in the trace');
  return busiest;
}

const timeOf = (events: readonly TraceEvent[], mark: string): number | undefined => events.find(({ name }) => name === mark)?.ts;

function sumUp(events: readonly TraceEvent[]): MainThread {
  const tasks = events.filter(({ name }) => name === 'RunTask');
  const [wall, cpu] = [tasks.map(({ dur = 0 }) => dur / 1000), tasks.map(cpuOf)];
  return { longestMs: Math.max(0, ...wall), longestCpuMs: Math.max(0, ...cpu), cpuMs: sum(cpu), scriptMs: sum(outermost(events, scripts).map(cpuOf)) };
}

/** Those of a kind that lie in no other of it. */
function outermost(events: readonly TraceEvent[], kind: RegExp): TraceEvent[] {
  let end = 0;
  return events
    .filter(({ name }) => kind.test(name))
    .toSorted((a, b) => (a.ts ?? 0) - (b.ts ?? 0))
    .filter(({ ts = 0, dur = 0 }) => {
      if (ts < end) return false;
      end = ts + dur;
      return true;
    });
}

const cpuOf = ({ tdur, dur = 0 }: TraceEvent): number => (tdur ?? dur) / 1000;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
