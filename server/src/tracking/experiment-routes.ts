import { z } from 'zod';
import type { Experiment } from '../store/tracking-store.ts';
import { checkKey, checkLength, limits } from './limits.ts';
import { Pair, toPairs, toRecord } from './mlflow-form.ts';
import { cut, pageOf } from './page.ts';
import { attributeOf, compareBy, parseFilter, parseOrder, valueIn, type Searchable } from './search-filter.ts';
import { alreadyExists, invalid, missing, TrackingError } from './tracking-error.ts';
import type { TrackingCall, TrackingParts, TrackingRoute } from './tracking-route.ts';

/** Experiments are the labels of runs, with ids: what a pipeline names and what a notebook names are the same. */
export const experimentRoutes: readonly TrackingRoute[] = [
  { method: 'all', path: 'experiments/get', handle: getExperiment },
  { method: 'all', path: 'experiments/get-by-name', handle: getByName },
  { method: 'post', path: 'experiments/create', handle: createExperiment },
  { method: 'all', path: 'experiments/search', handle: searchExperiments },
  { method: 'all', path: 'experiments/list', handle: searchExperiments },
  { method: 'post', path: 'experiments/update', handle: renameExperiment },
  { method: 'post', path: 'experiments/delete', handle: async (call) => await setDeleted(call, true) },
  { method: 'post', path: 'experiments/restore', handle: async (call) => await setDeleted(call, false) },
  { method: 'post', path: 'experiments/set-experiment-tag', handle: setTag },
  { method: 'post', path: 'experiments/delete-experiment-tag', handle: deleteTag },
];

/** MLflow has a name of its own for where clients log that name no experiment. */
const unnamed = { id: '0', name: 'default', inMlflow: 'Default' };
const nameOf = ({ id, name }: Experiment): string => (id === unnamed.id && name === unnamed.name ? unnamed.inMlflow : name);

const Id = z.looseObject({ experiment_id: z.coerce.string() });

export async function findExperiment(parts: TrackingParts, id: string): Promise<Experiment> {
  const experiment = await parts.store.experiments.get(id);
  if (!experiment) throw missing(`No Experiment with id=${id} exists`);
  return experiment;
}

const idIn = async (call: TrackingCall): Promise<Experiment> => await findExperiment(call.parts, Id.parse(call.input).experiment_id);

async function getExperiment(call: TrackingCall): Promise<unknown> {
  return { experiment: describe(await idIn(call)) };
}

/**
 * Within a step, whatever a script calls its experiment is the one of the run: `mlflow.set_experiment('mine')` goes on
 * working, where another id would keep `start_run` from taking the run of the step.
 */
async function getByName({ parts, input, caller }: TrackingCall): Promise<unknown> {
  const { experiment_name } = z.looseObject({ experiment_name: z.string() }).parse(input);
  if (caller) return { experiment: { ...describe(await findExperiment(parts, caller.experimentId)), name: experiment_name } };
  const experiment = await parts.store.experiments.named(experiment_name === unnamed.inMlflow ? unnamed.name : experiment_name);
  if (!experiment) throw missing(`Could not find experiment with name '${experiment_name}'`);
  return { experiment: describe(experiment) };
}

const NewExperiment = z.looseObject({ name: z.string(), tags: z.array(Pair).default([]) });

async function createExperiment({ parts, input, caller }: TrackingCall): Promise<unknown> {
  const { name, tags } = NewExperiment.parse(input);
  if (caller) return { experiment_id: caller.experimentId };
  checkName(name);
  const isFree = name !== unnamed.inMlflow;
  const made = isFree ? await parts.store.experiments.create({ name, createdAt: parts.clock.now().getTime(), tags: toRecord(tags) }) : undefined;
  if (!made) throw alreadyExists(`Experiment(name=${name})`);
  return { experiment_id: made.id };
}

function checkName(name: string): void {
  if (name.trim() === '') throw invalid(`Invalid experiment name: '${name}'`);
  checkLength('name', name, 500);
}

async function renameExperiment(call: TrackingCall): Promise<unknown> {
  const { parts, input } = call;
  const experiment = await idIn(call);
  const { new_name } = z.looseObject({ new_name: z.string() }).parse(input);
  checkName(new_name);
  if (experiment.deletedAt !== null) throw new TrackingError(400, 'INVALID_STATE', 'Cannot rename a non-active experiment.');
  const isRenamed = await parts.store.experiments.change(experiment.id, { name: new_name }, parts.clock.now().getTime());
  if (!isRenamed) throw alreadyExists(`Experiment(name=${new_name})`);
  return {};
}

async function setDeleted(call: TrackingCall, isDeleted: boolean): Promise<unknown> {
  const experiment = await idIn(call);
  const { id, deletedAt } = experiment;
  const { store, clock } = call.parts;
  const at = clock.now().getTime();
  if ((deletedAt !== null) === isDeleted) throw missing(`No ${isDeleted ? 'active' : 'deleted'} experiment with id=${id} exists`);
  if (id === unnamed.id) throw invalid('The default experiment cannot be deleted: clients that name none log into it.');
  await store.experiments.change(id, { deletedAt: isDeleted ? at : null }, at);
  return {};
}

async function setTag(call: TrackingCall): Promise<unknown> {
  const { id, tags } = await idIn(call);
  const { key, value } = Pair.parse(call.input);
  checkKey('key', key);
  checkLength('value', value, limits.experimentTag);
  await call.parts.store.experiments.change(id, { tags: { ...tags, [key]: value } }, call.parts.clock.now().getTime());
  return {};
}

async function deleteTag(call: TrackingCall): Promise<unknown> {
  const { id, tags } = await idIn(call);
  const { key } = z.looseObject({ key: z.string() }).parse(call.input);
  if (!Object.hasOwn(tags, key)) throw missing(`No tag with name: ${key} in experiment with id ${id}`);
  const { [key]: _gone, ...rest } = tags;
  await call.parts.store.experiments.change(id, { tags: rest }, call.parts.clock.now().getTime());
  return {};
}

const Search = pageOf(50_000, 1000).extend({
  filter: z.string().default(''),
  order_by: z.preprocess((order) => (typeof order === 'string' ? [order] : order), z.array(z.string()).default([])),
  view_type: z.string().default('ACTIVE_ONLY'),
});

const searchable: Searchable<Experiment> = {
  what: 'Experiments',
  read: (group, name) => {
    if (group?.startsWith('tag')) return ({ tags }) => valueIn(tags, name);
    return attributeOf(
      'Experiments',
      {
        name: nameOf,
        experiment_id: ({ id }) => Number(id),
        creation_time: ({ createdAt }) => createdAt,
        last_update_time: ({ updatedAt }) => updatedAt,
      },
      name,
    );
  },
};

async function searchExperiments({ parts, input }: TrackingCall): Promise<unknown> {
  const request = Search.parse(input);
  const isShown = viewOf(request.view_type);
  const matches = parseFilter(request.filter, searchable);
  const order = compareBy(request.order_by.map((clause) => parseOrder(clause, searchable)));
  const found = (await parts.store.experiments.list()).filter((experiment) => isShown(experiment) && matches(experiment)).toSorted(order);
  const { page, more } = cut(found, request);
  return { experiments: page.map(describe), ...more };
}

/** `ACTIVE_ONLY`, `DELETED_ONLY` or `ALL`. */
export function viewOf(view: string): (thing: { readonly deletedAt: number | null }) => boolean {
  switch (view) {
    case 'ACTIVE_ONLY':
      return ({ deletedAt }) => deletedAt === null;
    case 'DELETED_ONLY':
      return ({ deletedAt }) => deletedAt !== null;
    case 'ALL':
      return () => true;
    default:
      throw invalid(`Invalid view type '${view}': it is ACTIVE_ONLY, DELETED_ONLY or ALL.`);
  }
}

function describe(experiment: Experiment): Record<string, unknown> {
  const { id, createdAt, updatedAt, deletedAt, tags } = experiment;
  return {
    experiment_id: id,
    name: nameOf(experiment),
    artifact_location: `mlflow-artifacts:/experiments/${id}`,
    lifecycle_stage: deletedAt === null ? 'active' : 'deleted',
    creation_time: createdAt,
    last_update_time: updatedAt,
    tags: toPairs(tags),
  };
}
