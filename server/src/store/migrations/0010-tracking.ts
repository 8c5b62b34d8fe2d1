import { sql, type Kysely } from 'kysely';

/**
 * What clients of MLflow know besides runs of steps: experiments with ids, runs that no step has made, the last value of
 * each metric (a search reads no more of it), data and models that went into a run and came out of it, logged models,
 * and what is said of a registered model as such.
 */
const statements = [
  `create table experiments (
    id integer primary key autoincrement, name text not null unique, created_at integer not null, updated_at integer not null,
    deleted_at integer, tags text not null default '{}'
  )`,
  // 0 is where clients log that name no experiment; it is the one of pipelines that name none.
  `insert into experiments (id, name, created_at, updated_at) values (0, 'default', unixepoch() * 1000, unixepoch() * 1000)`,
  `insert or ignore into experiments (name, created_at, updated_at)
    select experiment, unixepoch(min(queued_at)) * 1000, unixepoch(min(queued_at)) * 1000 from runs group by experiment order by min(id)`,
  `insert or ignore into experiments (name, created_at, updated_at)
    select experiment, min(started_at), min(started_at) from tracked_runs group by experiment order by min(started_at)`,
  `alter table tracked_runs rename to tracked_runs_before`,
  `create table tracked_runs (
    id text primary key, experiment_id integer not null, run_id integer, step text, attempt integer, parent text,
    name text not null default '', started_at integer not null, ended_at integer, status text not null, deleted_at integer
  ) without rowid`,
  `insert into tracked_runs (id, experiment_id, run_id, step, attempt, parent, name, started_at, ended_at, status)
    select old.id, experiments.id, old.run_id, old.step, old.attempt, old.parent, old.name, old.started_at, old.ended_at, old.status
    from tracked_runs_before as old join experiments on experiments.name = old.experiment`,
  `drop table tracked_runs_before`,
  `create index tracked_runs_by_step on tracked_runs (run_id, step, attempt)`,
  `create index tracked_runs_by_experiment on tracked_runs (experiment_id, started_at)`,
  `alter table metrics add column model_id text`,
  `alter table metrics add column dataset text`,
  `create index metrics_by_model on metrics (model_id, name) where model_id is not null`,
  `create table last_metrics (
    tracked_id text not null, name text not null, value real, special text, at integer not null, step integer not null,
    primary key (tracked_id, name)
  ) without rowid`,
  `insert into last_metrics (tracked_id, name, value, special, at, step)
    select tracked_id, name, value, special, at, step from (
      select *, row_number() over (partition by tracked_id, name order by step desc, at desc, number desc) as place from metrics
    ) where place = 1`,
  `create table tracked_links (
    tracked_id text not null, kind text not null, name text not null, record text not null, primary key (tracked_id, kind, name)
  ) without rowid`,
  `create table logged_models (
    number integer primary key autoincrement, id text not null unique, experiment_id integer not null, tracked_id text, deleted_at integer,
    record text not null
  )`,
  `create index logged_models_by_run on logged_models (tracked_id)`,
  `create table registered_models (
    name text primary key, created_at integer not null, updated_at integer not null, description text not null, tags text not null
  ) without rowid`,
  `create table model_versions (
    name text not null, version text not null, tracked_id text, model_id text, source text not null, stage text not null,
    updated_at integer not null, primary key (name, version)
  ) without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
