import { z } from 'zod';
import { setImmediate } from 'node:timers/promises';
import type { FactNames, TrackedFacts, TrackedRun } from '../store/tracking-store.ts';
import { viewOf } from './experiment-routes.ts';
import { formOfRun, nameOf, noFacts, tagsOf } from './mlflow-form.ts';
import { cut, pageOf } from './page.ts';
import { attributeOf, compareBy, excludesTag, parseFilter, parseOrder, valueIn, type Searchable } from './search-filter.ts';
import { uriOfRun } from './artifact-places.ts';
import type { TrackingCall } from './tracking-route.ts';

/** What a search may ask about a run. */
export interface RunFacts {
  readonly run: TrackedRun;
  readonly facts: TrackedFacts;
  readonly artifactUri: string;
}

const Dataset = z.looseObject({
  dataset: z.looseObject({ name: z.string(), digest: z.string() }),
  tags: z.array(z.looseObject({ key: z.string(), value: z.string() })).default([]),
});

const datasetsOf = ({ facts }: RunFacts): z.infer<typeof Dataset>[] =>
  facts.links.filter(({ kind }) => kind === 'dataset').map(({ record }) => Dataset.parse(JSON.parse(record)));

const datasetAttributes = {
  name: (item: RunFacts) => datasetsOf(item).map(({ dataset }) => dataset.name),
  digest: (item: RunFacts) => datasetsOf(item).map(({ dataset }) => dataset.digest),
  context: (item: RunFacts) => datasetsOf(item).flatMap(({ tags }) => tags.filter(({ key }) => key === 'mlflow.data.context').map(({ value }) => value)),
};

export const runsSearchable: Searchable<RunFacts> = {
  what: 'Runs',
  read: (group, name) => {
    switch (kindOf(group)) {
      case 'metric':
        return ({ facts }) => facts.metrics.find((metric) => metric.name === name)?.value;
      case 'param':
        return ({ facts }) => valueIn(facts.params, name);
      case 'tag':
        return ({ run, facts }) => valueIn(tagsOf(run, facts), name);
      case 'dataset':
        return attributeOf('Datasets', datasetAttributes, name);
      default:
        return attributeOf('Runs', runAttributes, name);
    }
  },
};

/** The group before the dot may be in the plural; undefined: an attribute of the run. */
const kindOf = (group: string | null) => (['metric', 'param', 'tag', 'dataset'] as const).find((kind) => group?.startsWith(kind));

/** It is an attribute, too. */
const userTag = 'mlflow.user';

const runAttributes = {
  run_id: ({ run }: RunFacts) => run.id,
  run_name: ({ run }: RunFacts) => nameOf(run),
  'run name': ({ run }: RunFacts) => nameOf(run),
  status: ({ run }: RunFacts) => run.status,
  experiment_id: ({ run }: RunFacts) => run.experimentId,
  user_id: ({ facts }: RunFacts) => facts.tags[userTag],
  artifact_uri: ({ artifactUri }: RunFacts) => artifactUri,
  start_time: ({ run }: RunFacts) => run.startedAt,
  created: ({ run }: RunFacts) => run.startedAt,
  end_time: ({ run }: RunFacts) => run.endedAt ?? undefined,
};

const Search = pageOf(50_000, 1000).extend({
  experiment_ids: z.array(z.coerce.string()).default([]),
  filter: z.string().default(''),
  order_by: z.array(z.string()).default([]),
  run_view_type: z.string().default('ACTIVE_ONLY'),
});

/** Runs whose facts are read at once, with a rest before the next ones. */
const together = 2000;

export async function searchRuns(call: TrackingCall): Promise<unknown> {
  const { tracking } = call.parts.store;
  const request = Search.parse(call.input);
  const isShown = viewOf(request.run_view_type);
  const { searchable, named } = rememberingNames();
  const matches = parseFilter(request.filter, searchable);
  const orders = request.order_by.map((clause) => parseOrder(clause, searchable));
  // Steps make runs by the thousand: nothing of them need be read where the filter leaves them out.
  const [noSteps, noParts] = [excludesTag(request.filter, 'pipewright.run'), excludesTag(request.filter, 'mlflow.parentRunId')];
  const listed = (await tracking.list(request.experiment_ids)).filter(
    (run) => isShown(run) && !(noSteps && run.of !== null) && !(noParts && run.parent !== null),
  );
  const found: RunFacts[] = [];
  for (let start = 0; start < listed.length; start += together) {
    const some = listed.slice(start, start + together);
    const facts = await tracking.facts(
      some.map(({ id }) => id),
      named,
    );
    found.push(...some.map((run) => ({ run, facts: facts.get(run.id) ?? noFacts, artifactUri: uriOfRun(call, run) })).filter(matches));
    // As they are listed: those that come after the page that was asked for need not be known, but that there are some.
    if (orders.length === 0 && cut(found, request).more.next_page_token !== undefined) break;
    await setImmediate();
  }
  const { page, more } = cut(found.toSorted(compareBy(orders)), request);
  const facts = await tracking.facts(page.map(({ run }) => run.id));
  return { runs: page.map(({ run }) => formOfRun(call, run, facts.get(run.id) ?? noFacts)), ...more };
}

/** What may be asked about runs, and the names that were: no more than these is read of each run, and all only of the page. */
function rememberingNames(): { readonly searchable: Searchable<RunFacts>; readonly named: FactNames } {
  const named = { metrics: new Array<string>(), params: new Array<string>(), tags: new Array<string>(), links: false };
  const remember = (kind: ReturnType<typeof kindOf>, name: string): void => {
    if (kind === 'metric') named.metrics.push(name);
    if (kind === 'param') named.params.push(name);
    if (kind === 'tag') named.tags.push(name);
    if (kind === 'dataset') named.links = true;
    if (kind === undefined && name.toLowerCase() === 'user_id') named.tags.push(userTag);
  };
  return {
    named,
    searchable: {
      what: runsSearchable.what,
      read: (group, name) => {
        remember(kindOf(group), name);
        return runsSearchable.read(group, name);
      },
    },
  };
}
