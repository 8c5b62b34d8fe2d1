import { sql, type Kysely } from 'kysely';

/** Columns that hold JSON are text; instants are ISO 8601 text, which sorts by time. */
const statements = [
  `create table runs (
    id integer primary key autoincrement,
    name text not null, pipeline_name text not null, experiment text not null, status text not null,
    origin text not null, lineage text not null, draft_id text, "by" text not null,
    queued_at text not null, ended_at text, counts text not null, error text, last_seq integer not null,
    snapshot text not null, inputs text not null, plan text not null
  )`,
  `create index runs_by_status on runs (status)`,
  `create index runs_by_draft on runs (draft_id, id)`,
  `create table run_steps (
    run_id integer not null references runs (id), key text not null, position integer not null,
    status text not null, row text not null, primary key (run_id, key)
  ) without rowid`,
  `create table run_events (
    run_id integer not null references runs (id), seq integer not null, event text not null, primary key (run_id, seq)
  ) without rowid`,
  `create table run_effects (
    number integer primary key autoincrement, run_id integer not null references runs (id), id text not null, effect text not null,
    unique (run_id, id)
  )`,
  `create table fingerprints (
    run_id integer not null references runs (id), step text not null, lineage text not null, component text,
    hash text not null, parts text not null, primary key (run_id, step)
  ) without rowid`,
  `create index fingerprints_by_hash on fingerprints (hash, run_id)`,
  `create index fingerprints_by_step on fingerprints (lineage, step, run_id)`,
  `create index fingerprints_by_component on fingerprints (component, run_id)`,
  `create table drafts (
    id text primary key, revision integer not null, created_at text not null, updated_at text not null, archived_at text,
    "by" text not null, folder text, "from" text, document text not null, layout text not null
  ) without rowid`,
  `create index drafts_by_edit on drafts (updated_at, id)`,
  `create table draft_edits (
    draft_id text not null references drafts (id), revision integer not null, mutation_id text not null, edit text not null,
    primary key (draft_id, revision), unique (draft_id, mutation_id)
  ) without rowid`,
  `create table checkpoints (
    draft_id text not null references drafts (id), id text not null, checkpoint text not null, content text not null,
    primary key (draft_id, id)
  ) without rowid`,
  `create table pipelines (
    number integer primary key autoincrement, name text not null, version text not null, content_hash text not null,
    record text not null, unique (name, version)
  )`,
  `create table components (
    number integer primary key autoincrement, name text not null, version text not null, content_hash text not null,
    source text not null, record text not null, unique (name, version)
  )`,
  `create table environments (
    number integer primary key autoincrement, name text not null, version text not null, content_hash text not null,
    source text not null, record text not null, unique (name, version)
  )`,
  `create table tracked_runs (
    id text primary key, run_id integer not null, step text not null, attempt integer not null, experiment text not null,
    started_at integer not null, ended_at integer, status text not null
  ) without rowid`,
  `create index tracked_runs_by_step on tracked_runs (run_id, step, attempt)`,
  `create table metrics (
    number integer primary key autoincrement, tracked_id text not null, name text not null, value real, special text,
    at integer not null, step integer not null
  )`,
  `create index metrics_by_name on metrics (tracked_id, name, step)`,
  `create table tracked_values (
    tracked_id text not null, kind text not null, name text not null, value text not null, primary key (tracked_id, kind, name)
  ) without rowid`,
  `create table settings (key text primary key, value text not null) without rowid`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
