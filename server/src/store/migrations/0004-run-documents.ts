import { sql, type Kysely } from 'kysely';

/**
 * What never changes of a run apart from what changes with every event: SQLite writes a row whole, and the snapshot of a
 * thousand steps is a megabyte.
 */
const statements = [
  `create table run_documents (
    run_id integer primary key references runs (id), snapshot text not null, inputs text not null, plan text not null
  )`,
  `insert into run_documents select id, snapshot, inputs, plan from runs`,
  `alter table runs drop column snapshot`,
  `alter table runs drop column inputs`,
  `alter table runs drop column plan`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
