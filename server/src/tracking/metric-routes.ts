import { z } from 'zod';
import type { LoggedMetric } from '../store/tracking-store.ts';
import { findRun, toMetric } from './mlflow-form.ts';
import { startOf } from './page.ts';
import { invalid, notFound } from './tracking-error.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

export const metricRoutes: readonly TrackingRoute[] = [
  { method: 'all', path: 'metrics/get-history', handle: history },
  { method: 'all', path: 'metrics/get-history-bulk-interval', handle: sampledHistory },
];

/** Without a number all come at once, as from MLflow's own server. */
const History = z.looseObject({
  metric_key: z.string(),
  max_results: z.coerce.number().int().min(1).optional(),
  page_token: z.string().optional(),
});

async function history(call: TrackingCall): Promise<unknown> {
  const run = await findRun(call);
  const { metric_key, max_results, page_token } = History.parse(call.input);
  const { tracking } = call.parts.store;
  if (max_results === undefined) return { metrics: (await tracking.metricHistory(run.id, metric_key)).map(toMetric) };
  const offset = startOf({ max_results, page_token });
  const found = await tracking.metricHistory(run.id, metric_key, { offset, limit: max_results + 1 });
  const metrics = found.slice(0, max_results).map(toMetric);
  return { metrics, ...(found.length > max_results ? { next_page_token: String(offset + max_results) } : {}) };
}

const texts = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()).min(1).max(100));
type OfRun = LoggedMetric & { readonly run: string };

async function allOf(call: TrackingCall, ids: readonly string[], name: string): Promise<OfRun[]> {
  const { tracking } = call.parts.store;
  const found: OfRun[] = [];
  for (const run of ids) {
    if (!(await tracking.get(run))) throw notFound(`Run with id=${run}`);
    found.push(...(await tracking.metricHistory(run, name)).map((metric) => ({ ...metric, run })));
  }
  return found;
}

const withRun = (metric: OfRun): unknown => ({ ...toMetric(metric), run_id: metric.run });

const step = z.coerce.number().int().optional();
const Interval = z.looseObject({
  run_ids: texts,
  metric_key: z.string(),
  start_step: step,
  end_step: step,
  max_results: z.coerce.number().int().min(1).max(2500).default(2500),
});

/** Of many steps an even choice, the first and the last among them. */
async function sampledHistory(call: TrackingCall): Promise<unknown> {
  const { run_ids, metric_key, start_step, end_step, max_results } = Interval.parse(call.input);
  if ((start_step === undefined) !== (end_step === undefined)) throw invalid('If either start step or end step are specified, both must be specified.');
  if (start_step !== undefined && end_step !== undefined && start_step > end_step)
    throw invalid(`end_step must be greater than start_step. Found start_step=${start_step} and end_step=${end_step}.`);
  const within = (await allOf(call, run_ids, metric_key)).filter((metric) => metric.step >= (start_step ?? -Infinity) && metric.step <= (end_step ?? Infinity));
  const steps = [...new Set(within.map((metric) => metric.step))].toSorted((a, b) => a - b);
  const chosen = new Set(steps.length <= max_results ? steps : evenly(steps, max_results));
  return { metrics: within.filter((metric) => chosen.has(metric.step)).map(withRun) };
}

function evenly(steps: readonly number[], count: number): number[] {
  const gap = count === 1 ? 0 : (steps.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => steps[Math.round(index * gap)] ?? 0);
}
