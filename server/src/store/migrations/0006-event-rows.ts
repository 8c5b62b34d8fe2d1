import { sql, type Kysely } from 'kysely';

/**
 * Events in a table of rows. Without row ids they stand in an index, which keeps no more than a kilobyte of a row and
 * gives the rest a page of its own: the log of a run took three and a half times its size, and as many writes.
 */
const statements = [
  `alter table run_events rename to run_events_before`,
  `create table run_events (
    run_id integer not null references runs (id), seq integer not null, event text not null, primary key (run_id, seq)
  )`,
  `insert into run_events (run_id, seq, event) select run_id, seq, event from run_events_before order by run_id, seq`,
  `drop table run_events_before`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
