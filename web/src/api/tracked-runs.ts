import { StepMetrics } from '@pipewright/shared/http/runs.ts';
import type { RunStatus } from '@pipewright/shared/run/status.ts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { apiPath, request, withQuery } from './request.ts';
import type { StepAddress } from './step-runs.ts';

/** A run that a client of MLflow has made, as far as the page shows it. */
export interface TrackedRun {
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** When it began or logged a metric last. */
  readonly changedAt: string;
  readonly isDeleted: boolean;
  readonly user: string;
  /** Last values; null: no number. */
  readonly metrics: ReadonlyMap<string, number | null>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The run that it is a part of. */
  readonly parent: string | null;
  /** The step in which it was made; null: a notebook, or a script. */
  readonly step: StepAddress | null;
}

const statuses = { RUNNING: 'running', SCHEDULED: 'queued', FINISHED: 'completed', FAILED: 'failed', KILLED: 'cancelled' } as const satisfies Record<
  string,
  RunStatus
>;

export const isTrackedRunOver = ({ status }: Pick<TrackedRun, 'status'>): boolean => status !== 'running' && status !== 'queued';

const Pairs = z.array(z.object({ key: z.string(), value: z.string() })).transform((pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key, value])));
/** The furthest from 1970 that a date can be. */
const mostMs = 8.64e15;
/** Milliseconds, whatever a client said. */
const Moment = z.number().transform((ms) => new Date(Math.max(-mostMs, Math.min(ms, mostMs))).toISOString());
/** What JSON cannot hold is a text: NaN and the infinities. */
const Value = z.union([z.number(), z.string().transform(() => null)]);

const MlflowRun = z
  .object({
    info: z.object({
      run_id: z.string(),
      run_name: z.string(),
      experiment_id: z.string(),
      user_id: z.string(),
      status: z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']),
      start_time: Moment,
      end_time: Moment.optional(),
      lifecycle_stage: z.string(),
    }),
    data: z.object({ metrics: z.array(z.object({ key: z.string(), value: Value, timestamp: Moment })), params: Pairs, tags: Pairs }),
  })
  .transform(({ info, data: { metrics, params, tags } }): TrackedRun => {
    const { 'pipewright.run': run, 'pipewright.step': step, 'mlflow.parentRunId': parent = null } = tags;
    return {
      id: info.run_id,
      name: info.run_name || info.run_id.slice(0, 8),
      experiment: info.experiment_id,
      status: statuses[info.status],
      startedAt: info.start_time,
      endedAt: info.end_time ?? null,
      changedAt: metrics.reduce((newest, { timestamp }) => (timestamp > newest ? timestamp : newest), info.start_time),
      isDeleted: info.lifecycle_stage === 'deleted',
      user: info.user_id,
      metrics: new Map(metrics.map(({ key, value }) => [key, value])),
      params,
      tags,
      parent,
      step: run !== undefined && step !== undefined ? { run, step } : null,
    };
  });

const RunsPage = z.object({ runs: z.array(MlflowRun), next_page_token: z.string().optional() });
const Experiment = z.object({ experiment_id: z.string(), name: z.string() }).transform(({ experiment_id, name }) => ({ id: experiment_id, name }));
const Experiments = z.object({ experiments: z.array(Experiment) });

export interface TrackedRunsFilter {
  /** Ids. */
  readonly experiments: readonly string[];
  readonly search?: string | undefined;
  /** Only those that are parts of this one. */
  readonly parent?: string | undefined;
}

const trackedRunKeys = {
  all: () => ['tracked-runs'] as const,
  list: (filter: TrackedRunsFilter) => [...trackedRunKeys.all(), 'list', filter] as const,
  detail: (id: string) => [...trackedRunKeys.all(), 'detail', id] as const,
  metrics: (id: string) => [...trackedRunKeys.all(), 'metrics', id] as const,
  experiments: () => [...trackedRunKeys.all(), 'experiments'] as const,
  experiment: (id: string) => [...trackedRunKeys.all(), 'experiments', id] as const,
};

const pageSize = 50;
/** As many as MLflow's API gives at once. */
const everyExperiment = 50_000;
const [livelyMs, quietMs, quietAfterMs] = [3000, 30_000, 60_000];

/**
 * Clients of MLflow log over HTTP, and the socket does not tell of it: while shown runs go on, they are asked for at this pace. One that
 * has said nothing for a minute may have died without a word, and is asked for less often. False: all are over.
 */
export function trackedPaceOf(runs: readonly Pick<TrackedRun, 'status' | 'changedAt'>[]): number | false {
  const going = runs.filter((run) => !isTrackedRunOver(run));
  if (going.length === 0) return false;
  return going.some(({ changedAt }) => Date.now() - Date.parse(changedAt) < quietAfterMs) ? livelyMs : quietMs;
}

interface RunsPages {
  readonly pages: readonly { readonly runs: readonly TrackedRun[] }[];
}

/** Each page is read anew, so the more of them are shown, the less often. */
const inPages = (pace: number, pages: RunsPages['pages']): number => pace * Math.max(1, pages.length);

const runsIn = (pages: RunsPages['pages']): TrackedRun[] => pages.flatMap(({ runs }) => runs);

/** Of a list: where all are over, the next one still begins without a word. */
const listPaceOf = ({ pages }: RunsPages): number => inPages(trackedPaceOf(runsIn(pages)) || quietMs, pages);

/** Of the parts of a run: while it goes on, others may begin in it; those that have begun may go on after it. */
export function partsPaceOf(whole: TrackedRun, { pages }: RunsPages = { pages: [] }): number | false {
  const pace = trackedPaceOf([whole, ...runsIn(pages)]);
  return pace !== false && inPages(pace, pages);
}

const asked = { staleTime: 0, refetchOnWindowFocus: true } as const;

/** MLflow's own API, at the address that its page would use. */
const mlflowPath = (verb: string): string => `/mlflow/ajax-api/2.0/mlflow/${verb}`;

/** Newest first, page by page. */
export const trackedRunsQuery = (filter: TrackedRunsFilter) =>
  infiniteQueryOptions({
    queryKey: trackedRunKeys.list(filter),
    queryFn: ({ signal, pageParam }) =>
      request(mlflowPath('runs/search'), RunsPage, {
        method: 'POST',
        body: { experiment_ids: filter.experiments, filter: clausesOf(filter), max_results: pageSize, page_token: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_page_token,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => listPaceOf(state.data ?? { pages: [] }),
    ...asked,
  });

/** Runs of steps are shown with their steps, and parts with what they are parts of, unless they are looked for. */
function clausesOf({ search, parent }: TrackedRunsFilter): string {
  if (parent !== undefined) return `tags.\`mlflow.parentRunId\` = '${parent}'`;
  const apart = 'tags.`pipewright.run` IS NULL';
  if (search === undefined) return `${apart} AND tags.\`mlflow.parentRunId\` IS NULL`;
  // A letter that means something in a filter is any letter there.
  return `${apart} AND attributes.run_name ILIKE '%${search.replaceAll(/['"`%]/g, '_')}%'`;
}

export const trackedRunQuery = (id: string) =>
  queryOptions({
    queryKey: trackedRunKeys.detail(id),
    queryFn: async ({ signal }) => (await request(withQuery(mlflowPath('runs/get'), { run_id: id }), z.object({ run: MlflowRun }), { signal })).run,
    refetchInterval: ({ state }) => trackedPaceOf(state.data ? [state.data] : []),
    ...asked,
  });

/** Curves and parameters. */
export const trackedMetricsQuery = (id: string) =>
  queryOptions({
    queryKey: trackedRunKeys.metrics(id),
    queryFn: ({ signal }) => request(apiPath('tracked-runs', id, 'metrics'), StepMetrics, { signal }),
    ...asked,
  });

/** Those in use. */
export const experimentsQuery = () =>
  queryOptions({
    queryKey: trackedRunKeys.experiments(),
    queryFn: async ({ signal }) =>
      (await request(mlflowPath('experiments/search'), Experiments, { method: 'POST', body: { max_results: everyExperiment }, signal })).experiments,
    refetchInterval: quietMs,
    ...asked,
  });

export const experimentQuery = (id: string) =>
  queryOptions({
    queryKey: trackedRunKeys.experiment(id),
    queryFn: async ({ signal }) =>
      (await request(withQuery(mlflowPath('experiments/get'), { experiment_id: id }), z.object({ experiment: Experiment }), { signal })).experiment,
  });
