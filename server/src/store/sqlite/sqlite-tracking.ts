import { sql, type Selectable } from 'kysely';
import type { MetricSummary, StepMetrics } from '@pipewright/shared/http/runs.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import type {
  FactNames,
  LoggedMetric,
  LogOutcome,
  MetricPage,
  NewTrackedRun,
  TrackedBatch,
  TrackedFacts,
  TrackedLink,
  TrackedRun,
  TrackedRunChange,
  TrackingStore,
} from '../tracking-store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import type { MetricColumns, TrackedRunsTable } from './tables.ts';

type MetricRow = Pick<MetricColumns, 'name' | 'value' | 'special' | 'at' | 'step'>;
const metricColumns = ['name', 'value', 'special', 'at', 'step'] as const;

export class SqliteTracking implements TrackingStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async start({ id, experimentId, of, startedAt, parent = null, name = '' }: NewTrackedRun): Promise<void> {
    const place = { run_id: of === null ? null : Number(of.runId), step: of?.step ?? null, attempt: of?.attempt ?? null };
    await this.#db.write
      .insertInto('tracked_runs')
      .values({ id, experiment_id: Number(experimentId), ...place, parent, name, started_at: startedAt, status: 'RUNNING' })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  async get(id: string): Promise<TrackedRun | undefined> {
    const row = await this.#db.read.selectFrom('tracked_runs').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toTrackedRun(row);
  }

  async list(experiments: readonly string[]): Promise<readonly TrackedRun[]> {
    const ids = experiments.filter((id) => /^\d+$/.test(id));
    const rows = await this.#db.read
      .selectFrom('tracked_runs')
      .selectAll()
      .where(sql<boolean>`experiment_id in (select cast(value as integer) from json_each(${JSON.stringify(ids)}))`)
      .orderBy('started_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(toTrackedRun);
  }

  async update(id: string, { status, endedAt, name, deletedAt }: TrackedRunChange): Promise<void> {
    const change = {
      ...(status === undefined ? {} : { status }),
      ...(endedAt === undefined ? {} : { ended_at: endedAt }),
      ...(name === undefined ? {} : { name }),
      ...(deletedAt === undefined ? {} : { deleted_at: deletedAt }),
    };
    if (Object.keys(change).length > 0) await this.#db.write.updateTable('tracked_runs').set(change).where('id', '=', id).execute();
  }

  async log(id: string, { metrics, params, tags }: TrackedBatch): Promise<LogOutcome> {
    return await this.#db.write.transaction().execute(async (db) => {
      const taken = await takenParam(db, id, params);
      if (taken) return taken;
      await storeMetrics(db, id, metrics);
      const values = [...Object.entries(params).map((entry) => ['param', ...entry]), ...Object.entries(tags).map((entry) => ['tag', ...entry])];
      if (values.length > 0)
        await sql`insert into tracked_values (tracked_id, kind, name, value)
          select ${id}, value ->> 0, value ->> 1, value ->> 2 from json_each(${JSON.stringify(values)}) where true
          on conflict (tracked_id, kind, name) do update set value = excluded.value`.execute(db);
      return { kind: 'logged' };
    });
  }

  async removeTag(id: string, name: string): Promise<boolean> {
    const { rows } = await sql`
      delete from tracked_values where tracked_id = ${id} and kind = 'tag' and name = ${name} returning name`.execute(this.#db.write);
    return rows.length > 0;
  }

  async link(id: string, links: readonly TrackedLink[]): Promise<void> {
    const table = JSON.stringify(links.map(({ kind, name, record }) => [kind, name, record]));
    await sql`insert into tracked_links (tracked_id, kind, name, record)
      select ${id}, value ->> 0, value ->> 1, value ->> 2 from json_each(${table}) where true
      on conflict (tracked_id, kind, name) do update set record = excluded.record`.execute(this.#db.write);
  }

  async facts(ids: readonly string[], only?: FactNames): Promise<ReadonlyMap<string, TrackedFacts>> {
    const [metrics, values, links] = [
      Map.groupBy(await this.#lastMetrics(ids, only), (row) => row.tracked_id),
      Map.groupBy(await this.#values(ids, only), (row) => row.tracked_id),
      Map.groupBy(await this.#links(ids, only), (row) => row.tracked_id),
    ];
    const valuesOf = (id: string, kind: 'param' | 'tag'): Record<string, string> =>
      Object.fromEntries((values.get(id) ?? []).filter((row) => row.kind === kind).map((row) => [row.name, row.value]));
    const factsOf = (id: string): TrackedFacts => ({
      metrics: (metrics.get(id) ?? []).map(toLogged),
      params: valuesOf(id, 'param'),
      tags: valuesOf(id, 'tag'),
      links: (links.get(id) ?? []).map(({ kind, name, record }) => ({ kind, name, record })),
    });
    return new Map(ids.map((id) => [id, factsOf(id)]));
  }

  async #lastMetrics(ids: readonly string[], only?: FactNames) {
    if (only?.metrics.length === 0) return [];
    const select = this.#db.read.selectFrom('last_metrics').selectAll().where(ofThese(ids));
    return await (only ? select.where('name', 'in', only.metrics) : select).execute();
  }

  async #values(ids: readonly string[], only?: FactNames) {
    const select = this.#db.read.selectFrom('tracked_values').selectAll().where(ofThese(ids));
    if (!only) return await select.execute();
    // One kind after the other, so that each row is found by the whole of its key.
    const [params, tags] = [
      select.where('kind', '=', 'param').where('name', 'in', only.params),
      select.where('kind', '=', 'tag').where('name', 'in', only.tags),
    ];
    return [...(only.params.length === 0 ? [] : await params.execute()), ...(only.tags.length === 0 ? [] : await tags.execute())];
  }

  async #links(ids: readonly string[], only?: FactNames) {
    return only?.links === false ? [] : await this.#db.read.selectFrom('tracked_links').selectAll().where(ofThese(ids)).execute();
  }

  async ofRun(id: string): Promise<StepMetrics> {
    const rows = await this.#db.read
      .selectFrom('metrics')
      .select(metricColumns)
      .where('tracked_id', '=', id)
      .orderBy('step')
      .orderBy('at')
      .orderBy('number')
      .execute();
    return { metrics: toMetrics(rows), params: (await this.facts([id])).get(id)?.params ?? {} };
  }

  async ofStep(runId: RunId, step: string): Promise<StepMetrics> {
    const attempts = await this.#db.read
      .selectFrom('tracked_runs')
      .select('id')
      .where('run_id', '=', Number(runId))
      .where('step', '=', step)
      .where('parent', 'is', null)
      .orderBy('attempt', 'desc')
      .execute();
    for (const { id } of attempts) {
      const logged = await this.ofRun(id);
      if (logged.metrics.length > 0 || Object.keys(logged.params).length > 0) return logged;
    }
    return { metrics: [], params: {} };
  }

  async lastOfSteps(steps: readonly Donor[]): Promise<readonly (readonly MetricSummary[])[]> {
    const asked = JSON.stringify(steps.map(({ run, step }) => [run, step]));
    const { rows } = await sql<{ place: number; name: string; last: number | null; points: number }>`
      with logged as (
        select asked.key as place, tracked_runs.id,
          row_number() over (partition by asked.key order by tracked_runs.attempt desc) as nth
        from json_each(${asked}) as asked join tracked_runs
          on tracked_runs.run_id = cast(asked.value ->> 0 as integer) and tracked_runs.step = asked.value ->> 1 and tracked_runs.parent is null
        where exists (select 1 from last_metrics where tracked_id = tracked_runs.id)
          or exists (select 1 from tracked_values where tracked_id = tracked_runs.id and kind = 'param')
      )
      select logged.place, last_metrics.name, last_metrics.value as last, count(*) as points
      from logged join last_metrics on last_metrics.tracked_id = logged.id
        join metrics on metrics.tracked_id = logged.id and metrics.name = last_metrics.name
      where logged.nth = 1 group by logged.place, last_metrics.name order by min(metrics.number)`.execute(this.#db.read);
    const found = Map.groupBy(rows, ({ place }) => place);
    return steps.map((_, place) => (found.get(place) ?? []).map(({ name, last, points }) => ({ name, last, pointCount: points })));
  }

  async runOfStep({ run, step }: { readonly run: string; readonly step: string }): Promise<TrackedRun | undefined> {
    const row = await this.#db.read
      .selectFrom('tracked_runs')
      .selectAll()
      .where('run_id', '=', Number(run))
      .where('step', '=', step)
      .where('parent', 'is', null)
      .orderBy('attempt', 'desc')
      .executeTakeFirst();
    return row && toTrackedRun(row);
  }

  async metricHistory(id: string, name: string, page?: MetricPage): Promise<readonly LoggedMetric[]> {
    let select = this.#db.read
      .selectFrom('metrics')
      .select(metricColumns)
      .where('tracked_id', '=', id)
      .where('name', '=', name)
      .orderBy('step')
      .orderBy('at')
      .orderBy('number');
    if (page) select = select.limit(page.limit).offset(page.offset);
    return (await select.execute()).map(toLogged);
  }

  async metricsOfModel(model: string): Promise<readonly (LoggedMetric & { readonly run: string })[]> {
    const rows = await this.#db.read
      .selectFrom('metrics')
      .select([...metricColumns, 'tracked_id', 'dataset'])
      .where('model_id', '=', model)
      .orderBy('step')
      .orderBy('at')
      .orderBy('number')
      .execute();
    const last = new Map(rows.map((row) => [JSON.stringify([row.name, row.dataset]), row]));
    return [...last.values()].map((row) => ({ ...toLogged(row), run: row.tracked_id, model, ...(row.dataset === null ? {} : { dataset: row.dataset }) }));
  }
}

const ofThese = (ids: readonly string[]) => sql<boolean>`tracked_id in (select value from json_each(${JSON.stringify(ids)}))`;

async function takenParam(db: Db, id: string, params: Readonly<Record<string, string>>): Promise<LogOutcome | undefined> {
  if (Object.keys(params).length === 0) return undefined;
  const rows = await db.selectFrom('tracked_values').select(['name', 'value']).where('tracked_id', '=', id).where('kind', '=', 'param').execute();
  const other = rows.find(({ name, value }) => Object.hasOwn(params, name) && params[name] !== value);
  return other && { kind: 'param-taken', name: other.name, value: other.value, given: params[other.name] ?? '' };
}

/** The last value is that of the highest step, there of the latest time, and there the one that came last. */
async function storeMetrics(db: Db, id: string, metrics: readonly LoggedMetric[]): Promise<void> {
  if (metrics.length === 0) return;
  const rows = metrics.map(({ name, value, at, step, model = null, dataset = null }) => {
    const stored = Number.isFinite(value) ? [value, null] : [null, String(value)];
    return [name, ...stored, at, step, model, dataset];
  });
  await sql`insert into metrics (tracked_id, name, value, special, at, step, model_id, dataset)
    select ${id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
    from json_each(${JSON.stringify(rows)}) order by key`.execute(db);
  const last = new Map<string, LoggedMetric>();
  for (const metric of metrics) {
    const before = last.get(metric.name);
    if (!before || metric.step > before.step || (metric.step === before.step && metric.at >= before.at)) last.set(metric.name, metric);
  }
  const lastRows = [...last.values()].map(({ name, value, at, step }) => [
    name,
    Number.isFinite(value) ? value : null,
    Number.isFinite(value) ? null : String(value),
    at,
    step,
  ]);
  await sql`insert into last_metrics (tracked_id, name, value, special, at, step)
    select ${id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each(${JSON.stringify(lastRows)}) where true
    on conflict (tracked_id, name) do update set value = excluded.value, special = excluded.special, at = excluded.at, step = excluded.step
    where (excluded.step, excluded.at) >= (last_metrics.step, last_metrics.at)`.execute(db);
}

function toTrackedRun(row: Selectable<TrackedRunsTable>): TrackedRun {
  const { id, experiment_id, run_id, step, attempt, parent, name, started_at, ended_at, status, deleted_at } = row;
  const of = run_id === null || step === null || attempt === null ? null : { runId: RunId.parse(String(run_id)), step, attempt };
  return { id, experimentId: String(experiment_id), of, parent, name, startedAt: started_at, endedAt: ended_at, status, deletedAt: deleted_at };
}

const toLogged = ({ name, value, special, at, step }: MetricRow): LoggedMetric => ({ name, value: value ?? Number(special ?? Number.NaN), at, step });

function toMetrics(rows: readonly MetricRow[]): StepMetrics['metrics'] {
  const byName = Map.groupBy(rows, (row) => row.name);
  return [...byName].map(([name, points]) => ({
    name,
    last: points.at(-1)?.value ?? null,
    points: points.map(({ step, at, value }) => ({ step, at, value })),
  }));
}
