import { sql, type Kysely } from 'kysely';

/** What steps have put out, by type, and which of it a pipeline registers under a name: lists need not read every step. */
const statements = [
  `create table outputs (
    run_id integer not null references runs (id), step text not null, port text not null, type text not null, artifact text not null,
    created_at text not null, primary key (run_id, step, port)
  ) without rowid`,
  `create index outputs_by_type on outputs (type, run_id)`,
  `create table output_names (
    run_id integer not null references runs (id), step text not null, port text not null, name text not null, version text,
    primary key (run_id, step, port)
  ) without rowid`,
  `insert into outputs (run_id, step, port, type, artifact, created_at)
    select run_id, run_steps.key, output.key, output.value ->> '$.type', output.value, "row" ->> '$.endedAt'
    from run_steps, json_each("row", '$.outputs') as output where status = 'completed'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
