import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AttemptOf, TrackedRun } from '../store/tracking-store.ts';
import { findExperiment } from './experiment-routes.ts';
import { checkKey, cutTo, limits } from './limits.ts';
import { describeRun, findActiveRun, findRun, infoOf, noFacts, Pair, toRecord } from './mlflow-form.ts';
import { randomName } from './random-name.ts';
import { searchRuns } from './search-runs.ts';
import { invalid } from './tracking-error.ts';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

export const runRoutes: readonly TrackingRoute[] = [
  { method: 'post', path: 'runs/create', handle: createRun },
  { method: 'all', path: 'runs/get', handle: async (call) => ({ run: await describeRun(call, await findRun(call)) }) },
  { method: 'post', path: 'runs/update', handle: updateRun },
  { method: 'post', path: 'runs/delete', handle: async (call) => await setDeleted(call, true) },
  { method: 'post', path: 'runs/restore', handle: async (call) => await setDeleted(call, false) },
  { method: 'post', path: 'runs/search', handle: searchRuns },
];

const NewRun = z.looseObject({
  experiment_id: z.coerce.string().optional(),
  user_id: z.string().optional(),
  start_time: z.coerce.number().optional(),
  run_name: z.string().optional(),
  tags: z.array(Pair).default([]),
});

/**
 * A run within a step (a fold, a trial, a second `start_run`) belongs to the attempt whose client makes it; one of a
 * notebook belongs to nobody.
 */
async function createRun(call: TrackingCall): Promise<unknown> {
  const { parts, input, caller } = call;
  const { tracking } = parts.store;
  const { experiment_id, user_id, start_time, run_name, tags } = NewRun.parse(input);
  const given: Record<string, string> = { ...(user_id ? { 'mlflow.user': user_id } : {}), ...toRecord(tags) };
  for (const key of Object.keys(given)) checkKey('tags', key);
  const said = given['mlflow.runName'];
  if (run_name && said && run_name !== said)
    throw invalid(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${run_name}', mlflow.runName='${said}').`,
    );
  const parent = await parentOf(call, given['mlflow.parentRunId']);
  const experiment = await findExperiment(parts, experiment_id || (parent?.experimentId ?? '0'));
  if (experiment.deletedAt !== null) throw invalid(`The experiment ${experiment.id} must be in the 'active' state. Current state is deleted.`);
  const id = randomUUID().replaceAll('-', '');
  const of: AttemptOf | null = caller?.of ?? parent?.of ?? null;
  const name = run_name || said || (of === null ? randomName() : '');
  await tracking.start({ id, experimentId: experiment.id, of, startedAt: start_time ?? parts.clock.now().getTime(), parent: parent?.id ?? null, name });
  await tracking.log(id, { metrics: [], params: {}, tags: cutAll(given) });
  const run = await tracking.get(id);
  if (!run) throw new Error(`Internal error: expected the tracked run ${id} that was just started`);
  return { run: await describeRun(call, run) };
}

/** Within a step every run has one: what the step's own run logged stays apart from what its others did. */
async function parentOf({ parts, caller }: TrackingCall, named: string | undefined): Promise<TrackedRun | undefined> {
  return (named === undefined ? undefined : await parts.store.tracking.get(named)) ?? caller;
}

const cutAll = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, cutTo(value, limits.tag)]));

const Status = z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']);
const Change = z.looseObject({ status: Status.optional(), end_time: z.coerce.number().optional(), run_name: z.string().optional() });

/** A step that calls `mlflow.end_run` goes on: how the attempt ended is written last, by the scheduler. */
async function updateRun(call: TrackingCall): Promise<unknown> {
  const { tracking } = call.parts.store;
  const run = await findActiveRun(call);
  const { status, end_time, run_name } = Change.parse(call.input);
  const change = {
    ...(status === undefined ? {} : { status }),
    ...(end_time === undefined ? {} : { endedAt: end_time }),
    ...(run_name ? { name: run_name } : {}),
  };
  await tracking.update(run.id, change);
  if (run_name) await tracking.log(run.id, { metrics: [], params: {}, tags: { 'mlflow.runName': run_name } });
  const facts = (await tracking.facts([run.id])).get(run.id) ?? noFacts;
  return { run_info: infoOf(call, { ...run, ...change }, facts) };
}

async function setDeleted(call: TrackingCall, isDeleted: boolean): Promise<unknown> {
  const run = await findRun(call);
  const { store, clock } = call.parts;
  if (!isDeleted && run.deletedAt === null) throw invalid(`The run ${run.id} must be in the 'deleted' state. Current state is active.`);
  if (isDeleted && run.deletedAt !== null) throw invalid(`The run ${run.id} must be in the 'active' state. Current state is deleted.`);
  await store.tracking.update(run.id, { deletedAt: isDeleted ? clock.now().getTime() : null });
  return {};
}
