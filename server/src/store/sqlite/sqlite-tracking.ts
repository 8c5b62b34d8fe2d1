import type { Selectable } from 'kysely';
import type { StepMetrics } from '@pipewright/shared/http/runs.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { LoggedMetric, NewTrackedRun, TrackedRun, TrackingStore } from '../store.ts';
import type { Connections } from './open-sqlite-store.ts';
import type { Tables } from './tables.ts';

type MetricRow = Pick<Selectable<Tables['metrics']>, 'name' | 'value' | 'special' | 'at' | 'step'>;

export class SqliteTracking implements TrackingStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async start(run: NewTrackedRun): Promise<void> {
    const { id, runId, step, attempt, experiment, startedAt, parent = null, name = '' } = run;
    await this.#db.write
      .insertInto('tracked_runs')
      .values({ id, run_id: Number(runId), step, attempt, experiment, started_at: startedAt, status: 'RUNNING', parent, name })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  async get(id: string): Promise<TrackedRun | undefined> {
    const row = await this.#db.read.selectFrom('tracked_runs').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toTrackedRun(row);
  }

  async list({ experiments, limit }: Parameters<TrackingStore['list']>[0]): Promise<readonly TrackedRun[]> {
    if (experiments.length === 0) return [];
    const rows = await this.#db.read
      .selectFrom('tracked_runs')
      .selectAll()
      .where('experiment', 'in', experiments)
      .orderBy('started_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(toTrackedRun);
  }

  async experiments(): Promise<readonly string[]> {
    const rows = await this.#db.read.selectFrom('tracked_runs').select('experiment').distinct().orderBy('experiment').execute();
    return rows.map(({ experiment }) => experiment);
  }

  async update(id: string, { status, endedAt, name }: Parameters<TrackingStore['update']>[1]): Promise<void> {
    const change = {
      ...(status === undefined ? {} : { status }),
      ...(endedAt === undefined ? {} : { ended_at: endedAt }),
      ...(name === undefined ? {} : { name }),
    };
    if (Object.keys(change).length > 0) await this.#db.write.updateTable('tracked_runs').set(change).where('id', '=', id).execute();
  }

  async log(id: string, batch: Parameters<TrackingStore['log']>[1]): Promise<void> {
    await this.#db.write.transaction().execute(async (db) => {
      for (const { name, value, at, step } of batch.metrics) {
        const stored = Number.isFinite(value) ? { value, special: null } : { value: null, special: String(value) };
        await db
          .insertInto('metrics')
          .values({ tracked_id: id, name, at, step, ...stored })
          .execute();
      }
      const values = [
        ...Object.entries(batch.params).map(([name, value]) => ({ tracked_id: id, kind: 'param' as const, name, value })),
        ...Object.entries(batch.tags).map(([name, value]) => ({ tracked_id: id, kind: 'tag' as const, name, value })),
      ];
      for (const row of values) {
        await db
          .insertInto('tracked_values')
          .values(row)
          .onConflict((conflict) => conflict.columns(['tracked_id', 'kind', 'name']).doUpdateSet({ value: row.value }))
          .execute();
      }
    });
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
      const rows = await this.#rows(id);
      const params = await this.params(id);
      if (rows.length > 0 || Object.keys(params).length > 0) return { metrics: toMetrics(rows), params };
    }
    return { metrics: [], params: {} };
  }

  async params(id: string): Promise<Record<string, string>> {
    return await this.#values(id, 'param');
  }

  async tags(id: string): Promise<Record<string, string>> {
    return await this.#values(id, 'tag');
  }

  async metricHistory(id: string, name: string): Promise<readonly LoggedMetric[]> {
    return (await this.#rows(id)).filter((row) => row.name === name).map(toLogged);
  }

  async lastMetrics(id: string): Promise<readonly LoggedMetric[]> {
    return [...new Map((await this.#rows(id)).map((row) => [row.name, toLogged(row)])).values()];
  }

  async #rows(id: string): Promise<MetricRow[]> {
    return await this.#db.read
      .selectFrom('metrics')
      .select(['name', 'value', 'special', 'at', 'step'])
      .where('tracked_id', '=', id)
      .orderBy('step')
      .orderBy('number')
      .execute();
  }

  async #values(id: string, kind: 'param' | 'tag'): Promise<Record<string, string>> {
    const rows = await this.#db.read
      .selectFrom('tracked_values')
      .select(['name', 'value'])
      .where('tracked_id', '=', id)
      .where('kind', '=', kind)
      .orderBy('name')
      .execute();
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  }
}

function toTrackedRun(row: Selectable<Tables['tracked_runs']>): TrackedRun {
  const { id, run_id, step, attempt, experiment, started_at, ended_at, status, parent, name } = row;
  return { id, runId: RunId.parse(String(run_id)), step, attempt, experiment, startedAt: started_at, endedAt: ended_at, status, parent, name };
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
