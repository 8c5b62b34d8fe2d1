import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import type { RunsQuery } from '@pipewright/shared/http/runs.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import { Json } from '@pipewright/shared/json.ts';
import { splitItemKey } from '@pipewright/shared/run/item-key.ts';
import { Plan } from '@pipewright/shared/run/plan.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import { RunSummary, StoredRunEvent } from '@pipewright/shared/run/run.ts';
import { LoopItem, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { isRunEnded, RunStatus } from '@pipewright/shared/run/status.ts';
import { countStatuses, StepRun } from '@pipewright/shared/run/step-run.ts';
import { lineageOf } from '../../engine/lineage.ts';
import { effectId, type RunEffect } from '../../engine/run-effect.ts';
import type { NewRun, Page, RunRecord, RunStore, RunTurn, TrackedAttempt } from '../store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import { storeAssetsOfRun, storeRegistrations } from './sqlite-asset-uses.ts';
import { storeExperimentOf } from './sqlite-experiments.ts';
import { storeOutputs } from './sqlite-outputs.ts';
import { keepText, readText } from './sqlite-texts.ts';
import type { RunsTable } from './tables.ts';

const summaryColumns = [
  'id',
  'name',
  'pipeline_name',
  'experiment',
  'status',
  'origin',
  'by',
  'part',
  'queued_at',
  'ended_at',
  'counts',
  'error',
  'last_seq',
] as const;

const firstItemPosition = 1_000_000;
/** A loop may go over a hundred thousand items: with a run come the first of them, the others are asked for one by one. */
const mostItems = 1000;

const unendedStatuses = RunStatus.options.filter((status) => !isRunEnded(status));

export class SqliteRuns implements RunStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async create(run: NewRun): Promise<RunSummary> {
    return await this.#db.durably(async (db) => {
      await storeExperimentOf(db, run);
      const row = await db
        .insertInto('runs')
        .values({
          name: run.name,
          pipeline_name: run.pipelineName,
          experiment: run.experiment,
          status: 'queued',
          origin: JSON.stringify(run.origin),
          lineage: lineageOf(run.origin),
          draft_id: run.origin.kind === 'draft' ? run.origin.draft : null,
          by: run.by,
          part: run.part === undefined ? null : JSON.stringify(run.part),
          queued_at: run.queuedAt,
          counts: JSON.stringify(countStatuses(run.steps)),
          last_seq: 0,
        })
        .returning(summaryColumns)
        .executeTakeFirstOrThrow();
      await db
        .insertInto('run_documents')
        .values({
          run_id: row.id,
          snapshot: JSON.stringify(run.snapshot),
          inputs: JSON.stringify(run.inputs),
          plan: JSON.stringify(run.plan),
          text_hash: await keepText(db, run.text),
        })
        .execute();
      await storeRows(
        db,
        row.id,
        run.steps.map((step, position) => ({ step, position })),
      );
      await storeAssetsOfRun(db, row.id, run.snapshot);
      return toSummary(row);
    });
  }

  async append(runId: RunId, turn: RunTurn): Promise<void> {
    const last = turn.events.at(-1);
    if (!last) return;
    await this.#db.write.transaction().execute(async (db) => {
      await updateSummary(db, turn.afterSeq, last.changes.run);
      await storeEvents(db, Number(runId), turn.events);
      const rows = [...new Map(turn.events.flatMap((event) => event.changes.steps).map((step) => [step.key, step])).values()];
      await storeRows(
        db,
        Number(runId),
        rows.map((step) => ({ step, position: positionOfItem(step.key) })),
      );
      await storeOutputs(db, Number(runId), rows);
      await storeRegistrations(db, Number(runId), rows);
      await storeDonors(db, Number(runId), rows);
      await storeEffects(db, runId, turn);
      await storeFingerprints(db, runId, turn);
      await storeTracked(db, Number(runId), turn.tracked);
    });
  }

  async get(runId: RunId): Promise<RunRecord | undefined> {
    const row = await this.#db.read
      .selectFrom('runs')
      .innerJoin('run_documents', 'run_documents.run_id', 'runs.id')
      .select([...summaryColumns, 'snapshot', 'inputs'])
      .where('id', '=', Number(runId))
      .executeTakeFirst();
    if (!row) return undefined;
    const snapshot = RunSnapshot.parse(JSON.parse(row.snapshot));
    const steps = await this.#db.read
      .selectFrom('run_steps')
      .select('row')
      .where('run_id', '=', row.id)
      .orderBy('position')
      .orderBy('key')
      .limit(Object.keys(snapshot.steps).length + mostItems)
      .execute();
    return {
      summary: toSummary(row),
      snapshot,
      inputs: z.record(z.string(), Json).parse(JSON.parse(row.inputs)),
      steps: steps.map((step) => StepRun.parse(JSON.parse(step.row))),
    };
  }

  async summary(runId: RunId): Promise<RunSummary | undefined> {
    const row = await this.#db.read.selectFrom('runs').select(summaryColumns).where('id', '=', Number(runId)).executeTakeFirst();
    return row && toSummary(row);
  }

  async plan(runId: RunId): Promise<Plan | undefined> {
    const row = await this.#db.read.selectFrom('run_documents').select('plan').where('run_id', '=', Number(runId)).executeTakeFirst();
    return row && Plan.parse(JSON.parse(row.plan));
  }

  async textOf(runId: RunId): Promise<string | undefined> {
    const row = await this.#db.read.selectFrom('run_documents').select('text_hash').where('run_id', '=', Number(runId)).executeTakeFirst();
    return row && (await readText(this.#db.read, row.text_hash)).text;
  }

  async step(runId: RunId, step: string): Promise<StepRun | undefined> {
    const row = await this.#db.read.selectFrom('run_steps').select('row').where('run_id', '=', Number(runId)).where('key', '=', step).executeTakeFirst();
    return row && StepRun.parse(JSON.parse(row.row));
  }

  async codeOfStep({ run, step }: Donor): Promise<string | null> {
    // The items of a loop share the code of their step.
    const key = step.replace(/\/\d+$/, '');
    const { rows } = await sql<{ code: string | null }>`select snapshot ->> ${`$.steps."${key}".code.hash`} as code
      from run_documents where run_id = ${Number(run)}`.execute(this.#db.read);
    return rows[0]?.code ?? null;
  }

  async list(query: RunsQuery): Promise<Page<RunSummary>> {
    let select = this.#db.read
      .selectFrom('runs')
      .select(summaryColumns)
      .orderBy('id', 'desc')
      .limit(query.limit + 1);
    if (query.cursor !== undefined) select = select.where('id', '<', Number(query.cursor));
    if (query.status !== undefined) select = select.where('status', '=', query.status);
    if (query.draft !== undefined) select = select.where('draft_id', '=', query.draft);
    if (query.search) {
      const pattern = `%${query.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      const matches = (column: 'name' | 'pipeline_name' | 'experiment') => sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`;
      select = select.where((where) =>
        where.or([matches('name'), matches('pipeline_name'), matches('experiment'), where('id', '=', Number(query.search) || 0)]),
      );
    }
    const rows = await select.execute();
    const items = rows.slice(0, query.limit).map(toSummary);
    return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
  }

  async eventsAfter(runId: RunId, seq: number, limit?: number): Promise<readonly StoredRunEvent[]> {
    let select = this.#db.read.selectFrom('run_events').select('event').where('run_id', '=', Number(runId)).where('seq', '>', seq).orderBy('seq');
    if (limit !== undefined) select = select.limit(limit);
    return (await select.execute()).map(({ event }) => StoredRunEvent.parse(JSON.parse(event)));
  }

  async itemsOf(runId: RunId, step: string): Promise<readonly LoopItem[]> {
    const { rows } = await sql<{ items: string }>`
      select event ->> '$.items' as items from run_events
      where run_id = ${Number(runId)} and event ->> '$.type' in ('step:expanded', 'step:items-added') and event ->> '$.step' = ${step}
      order by seq`.execute(this.#db.read);
    return rows.flatMap(({ items }) => z.array(LoopItem).parse(JSON.parse(items)));
  }

  async pendingEffects(runId: RunId): Promise<readonly RunEffect[]> {
    const rows = await this.#db.read.selectFrom('run_effects').select('effect').where('run_id', '=', Number(runId)).orderBy('number').execute();
    // Written by this class from values of the type; no other version of an effect exists.
    return rows.map(({ effect }) => JSON.parse(effect) as RunEffect);
  }

  async unfinished(): Promise<readonly RunId[]> {
    const rows = await this.#db.read.selectFrom('runs').select('id').where('status', 'in', unendedStatuses).orderBy('id').execute();
    return rows.map(({ id }) => RunId.parse(String(id)));
  }

  async countByStatus(): Promise<Partial<Record<RunStatus, number>>> {
    const rows = await this.#db.read
      .selectFrom('runs')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
      .groupBy('status')
      .execute();
    return Object.fromEntries(rows.map(({ status, count }) => [RunStatus.parse(status), count]));
  }

  async lastOfDrafts(drafts: readonly string[]): Promise<ReadonlyMap<string, RunSummary>> {
    if (drafts.length === 0) return new Map();
    const newest = this.#db.read
      .selectFrom('runs')
      .select(({ fn }) => fn.max('id').as('id'))
      .where('draft_id', 'in', drafts)
      .groupBy('draft_id');
    const rows = await this.#db.read
      .selectFrom('runs')
      .select([...summaryColumns, 'draft_id'])
      .where('id', 'in', newest)
      .execute();
    return new Map(rows.flatMap((row) => (row.draft_id === null ? [] : [[row.draft_id, toSummary(row)]])));
  }
}

/** The items of loops come in while the run goes on; they stand after the steps of the snapshot, in their own order. */
function positionOfItem(key: string): number {
  return firstItemPosition + (splitItemKey(key)?.number || 0);
}

async function updateSummary(db: Db, afterSeq: number, run: RunSummary): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('runs')
    .set({ status: run.status, ended_at: run.endedAt, counts: JSON.stringify(run.counts), error: run.error, last_seq: run.lastSeq })
    .where('id', '=', Number(run.id))
    .where('last_seq', '=', afterSeq)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error(`Internal error: expected run ${run.id} to stand at event ${afterSeq}`);
}

async function storeEvents(db: Db, run: number, events: readonly StoredRunEvent[]): Promise<void> {
  const rows = asTable(events.map((event) => [event.seq, JSON.stringify(event)]));
  await sql`insert into run_events (run_id, seq, event) select ${run}, value ->> 0, value ->> 1 from json_each(${rows})`.execute(db);
}

async function storeRows(db: Db, run: number, rows: readonly { readonly step: StepRun; readonly position: number }[]): Promise<void> {
  const table = asTable(rows.map(({ step, position }) => [step.key, position, step.status, JSON.stringify(step)]));
  // The position of a step stays: it is told when the run is made, and when an item of a loop comes in.
  await sql`insert into run_steps (run_id, key, position, status, "row")
    select ${run}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${table}) where true
    on conflict (run_id, key) do update set status = excluded.status, "row" = excluded."row"`.execute(db);
}

async function storeEffects(db: Db, runId: RunId, { answered, effects }: RunTurn): Promise<void> {
  const run = Number(runId);
  if (answered.length > 0) {
    await sql`delete from run_effects where run_id = ${run} and id in (select value from json_each(${JSON.stringify(answered)}))`.execute(db);
  }
  if (effects.length === 0) return;
  const table = asTable(effects.map((effect) => [effectId(effect), JSON.stringify(effect)]));
  await sql`insert into run_effects (run_id, id, effect) select ${run}, value ->> 0, value ->> 1 from json_each(${table}) order by key`.execute(db);
}

/** From now on they may stand in for steps with the same fingerprint. */
async function storeDonors(db: Db, run: number, steps: readonly StepRun[]): Promise<void> {
  const donors = steps.flatMap((step) => (step.status === 'completed' && step.isReusable && step.fingerprint !== '' ? [[step.fingerprint, step.key]] : []));
  if (donors.length === 0) return;
  await sql`insert into donors (hash, run_id, step) select value ->> 0, ${run}, value ->> 1 from json_each(${asTable(donors)}) where true
    on conflict do nothing`.execute(db);
}

async function storeFingerprints(db: Db, runId: RunId, { fingerprints }: RunTurn): Promise<void> {
  const rows = Object.entries(fingerprints).map(([step, { fingerprint, component }]) => {
    const { hash, parts } = fingerprint;
    return [step, component, hash, JSON.stringify(parts)];
  });
  if (rows.length === 0) return;
  await sql`insert into fingerprints (run_id, step, lineage, component, hash, parts)
    select runs.id, value ->> 0, runs.lineage, value ->> 1, value ->> 2, value ->> 3
    from runs, json_each(${asTable(rows)}) where runs.id = ${Number(runId)}`.execute(db);
}

async function storeTracked(db: Db, run: number, tracked: readonly TrackedAttempt[]): Promise<void> {
  const isBegun = ({ status }: TrackedAttempt): boolean => status === 'SCHEDULED' || status === 'RUNNING';
  const [begun, ended] = [tracked.filter(isBegun), tracked.filter((attempt) => !isBegun(attempt))];
  if (begun.length > 0) {
    const rows = asTable(begun.map(({ id, step, attempt, at, status }) => [id, step, attempt, at, status]));
    await sql`insert into tracked_runs (id, experiment_id, run_id, step, attempt, started_at, status)
      select value ->> 0, experiments.id, runs.id, value ->> 1, value ->> 2, value ->> 3, value ->> 4
      from runs join experiments on experiments.name = runs.experiment, json_each(${rows}) where runs.id = ${run}
      on conflict (id) do update set status = excluded.status, started_at = excluded.started_at`.execute(db);
  }
  for (const { id, status, at } of ended) await sql`update tracked_runs set status = ${status}, ended_at = ${at} where id = ${id}`.execute(db);
}

/** Rows as one value, so that a thousand of them are one statement. */
const asTable = (rows: readonly (readonly (string | number | null)[])[]): string => JSON.stringify(rows);

function toSummary(row: Pick<Selectable<RunsTable>, (typeof summaryColumns)[number]>): RunSummary {
  return RunSummary.parse({
    id: String(row.id),
    name: row.name,
    pipelineName: row.pipeline_name,
    experiment: row.experiment,
    status: row.status,
    origin: JSON.parse(row.origin),
    by: row.by,
    ...(row.part === null ? {} : { part: JSON.parse(row.part) }),
    queuedAt: row.queued_at,
    endedAt: row.ended_at,
    counts: JSON.parse(row.counts),
    error: row.error,
    lastSeq: row.last_seq,
  });
}
