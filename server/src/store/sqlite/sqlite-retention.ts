import { sql } from 'kysely';
import { z } from 'zod';
import { RunId, type Instant } from '@pipewright/shared/ids.ts';
import { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { isRunEnded, RunStatus } from '@pipewright/shared/run/status.ts';
import type { RetentionStore, RunRemoval, RunTraces } from '../retention-store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import { releaseText } from './sqlite-texts.ts';

const Environment = z.string().transform((text) => EnvironmentDefinition.parse(JSON.parse(text)));

export class SqliteRetention implements RetentionStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async runs(): Promise<readonly { readonly id: RunId; readonly queuedAt: Instant; readonly endedAt: Instant | null }[]> {
    const rows = await this.#db.read.selectFrom('runs').select(['id', 'queued_at', 'ended_at']).orderBy('id').execute();
    return rows.map((row) => ({ id: RunId.parse(String(row.id)), queuedAt: row.queued_at, endedAt: row.ended_at }));
  }

  async traces(run: RunId): Promise<RunTraces> {
    const id = Number(run);
    const { rows: snapshots } = await sql<{ snapshot: string }>`select snapshot from run_documents where run_id = ${id}`.execute(this.#db.read);
    const steps = await this.#db.read.selectFrom('run_steps').select('row').where('run_id', '=', id).execute();
    const { rows: environments } = await sql<{ environment: string | null }>`
      select distinct step.value ->> '$.environment' as environment from run_documents, json_each(snapshot, '$.steps') as step where run_id = ${id}`.execute(
      this.#db.read,
    );
    const { rows: donors } = await sql<{ run: string; step: string }>`
      select distinct "row" ->> '$.donor.run' as run, "row" ->> '$.donor.step' as step from run_steps
      where run_id = ${id} and status = 'reused'`.execute(this.#db.read);
    return {
      texts: [...snapshots.map(({ snapshot }) => snapshot), ...steps.map(({ row }) => row), ...(await awaitedBy(this.#db.read, id))],
      environments: environments.map(({ environment }) => (environment === null ? null : Environment.parse(environment))),
      donors,
    };
  }

  async codeOf(run: RunId): Promise<readonly string[]> {
    const { rows } = await sql<{ hash: string | null }>`
      select distinct step.value ->> '$.code.hash' as hash from run_documents, json_each(snapshot, '$.steps') as step where run_id = ${Number(run)}`.execute(
      this.#db.read,
    );
    return rows.flatMap(({ hash }) => hash ?? []);
  }

  async standingTexts(): Promise<readonly string[]> {
    const { rows } = await sql<{ text: string }>`
      select document || layout as text from drafts union all select content from checkpoints
      union all select record from pipelines union all select record from assets
      union all select value from settings`.execute(this.#db.read);
    return [...rows.map(({ text }) => text), ...(await pinnedRows(this.#db.read))];
  }

  async foldersInUse(): Promise<readonly string[]> {
    const { rows } = await sql<{ folder: string }>`
      select folder from drafts where folder is not null union select record ->> '$.folder' from pipelines where record ->> '$.folder' is not null
      union select snapshot ->> '$.folder' from run_documents where snapshot ->> '$.folder' is not null`.execute(this.#db.read);
    return rows.map(({ folder }) => folder);
  }

  async producersOf(hash: string): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`
      select run_id || '/' || step || '.' || port as name from outputs where artifact ->> '$.hash' = ${hash}
      order by run_id desc limit 5`.execute(this.#db.read);
    return rows.map(({ name }) => name);
  }

  async donorsIn(run: string): Promise<readonly string[]> {
    return await donorsIn(this.#db.read, run);
  }

  async removeRun(run: RunId): Promise<RunRemoval> {
    return await this.#db.durably(async (db) => {
      const id = Number(run);
      const found = await db
        .selectFrom('runs')
        .innerJoin('run_documents', 'run_documents.run_id', 'runs.id')
        .select(['status', 'text_hash'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (!found) return { kind: 'unknown' };
      if (!isRunEnded(RunStatus.parse(found.status))) return { kind: 'unfinished' };
      const shared = await donorsIn(db, run);
      const tracked = await db
        .selectFrom('tracked_runs')
        .select('id')
        .where('run_id', '=', id)
        .where('step', 'not in', shared.length > 0 ? shared : [''])
        .execute();
      await forget(
        db,
        tracked.map((row) => row.id),
      );
      for (const table of [
        'output_registrations',
        'asset_uses',
        'outputs',
        'donors',
        'fingerprints',
        'run_effects',
        'run_events',
        'run_steps',
        'run_documents',
      ] as const) {
        await db.deleteFrom(table).where('run_id', '=', id).execute();
      }
      await db.deleteFrom('runs').where('id', '=', id).execute();
      await releaseText(db, found.text_hash);
      return { kind: 'removed' };
    });
  }

  async forgetOrphans(): Promise<void> {
    const { rows } = await sql<{ id: string }>`
      select id from tracked_runs where run_id not in (select id from runs) and not exists (
        select 1 from run_steps where status = 'reused' and "row" ->> '$.donor.run' = cast(tracked_runs.run_id as text)
          and "row" ->> '$.donor.step' = tracked_runs.step)`.execute(this.#db.read);
    if (rows.length === 0) return;
    await this.#db.write.transaction().execute(
      async (db) =>
        await forget(
          db,
          rows.map(({ id }) => id),
        ),
    );
  }
}

/** Rows of other runs' steps whose results a run names by their place until it comes to them: stand-ins, and what it goes on with. */
async function awaitedBy(db: Db, run: number): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    select run_steps."row" from (
      select cast(step.value ->> '$.control.standIn.run' as integer) as run_id, step.value ->> '$.control.standIn.step' as step_key
      from run_documents, json_each(snapshot, '$.steps') as step where run_documents.run_id = ${run}
    ) as stand_in join run_steps on run_steps.run_id = stand_in.run_id and run_steps.key = stand_in.step_key
    union all
    select run_steps."row" from runs join run_documents on run_documents.run_id = runs.id
      join json_each(snapshot, '$.resumes') as resumed join run_steps on run_steps.run_id = cast(resumed.value as integer)
    where runs.id = ${run} and runs.ended_at is null and run_steps.status in ('completed', 'reused')`.execute(db);
  return rows.map(({ row }) => row);
}

/**
 * Rows of the steps to which drafts, their checkpoints, published pipelines and registered ones pin steps of theirs (`38 split`): what
 * they put out is still wanted. What a registered pipeline calls `split` may be `outer/split` in the run.
 */
async function pinnedRows(db: Db): Promise<string[]> {
  const { rows } = await sql<{ row: string }>`
    with pins as (
      select job.key as job, job.value ->> '$.tags."pipewright.pin"' as pin, 0 as is_inside from drafts, json_each(drafts.document, '$.jobs') as job
      union select job.key, job.value ->> '$.tags."pipewright.pin"', 0 from checkpoints, json_each(checkpoints.content, '$.document.jobs') as job
      union select job.key, job.value ->> '$.tags."pipewright.pin"', 0 from pipelines, json_each(pipelines.record, '$.document.jobs') as job
      union select job.key, job.value ->> '$.tags."pipewright.pin"', 1 from assets, json_each(assets.record, '$.component.jobs') as job
        where assets.kind = 'component'
    ), named as (
      select is_inside, cast(pin as integer) as run_id, case when instr(pin, ' ') > 0 then substr(pin, instr(pin, ' ') + 1) else job end as step from pins where pin is not null
    )
    select distinct run_steps."row" from named join run_steps on run_steps.run_id = named.run_id
      and (run_steps.key = named.step or substr(run_steps.key, 1, length(named.step) + 1) = named.step || '/'
        or (is_inside and instr('/' || run_steps.key || '/', '/' || named.step || '/') > 0))`.execute(db);
  return rows.map(({ row }) => row);
}

async function donorsIn(db: Db, run: string): Promise<readonly string[]> {
  // A donor is older than whoever reuses it.
  const { rows } = await sql<{ step: string }>`
    select distinct "row" ->> '$.donor.step' as step from run_steps
    where run_id > ${Number(run)} and status = 'reused' and "row" ->> '$.donor.run' = ${run}`.execute(db);
  return rows.map(({ step }) => step);
}

async function forget(db: Db, tracked: readonly string[]): Promise<void> {
  for (const id of tracked) {
    for (const table of ['metrics', 'last_metrics', 'tracked_values', 'tracked_links', 'logged_models'] as const) {
      await db.deleteFrom(table).where('tracked_id', '=', id).execute();
    }
    await db.deleteFrom('tracked_runs').where('id', '=', id).execute();
  }
}
