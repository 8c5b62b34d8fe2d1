import { sql, type Kysely } from 'kysely';

/** Which completed steps may stand in for which fingerprint: found at once, however often they have been reused since. */
const statements = [
  `create table donors (
    hash text not null, run_id integer not null references runs (id), step text not null, primary key (hash, run_id, step)
  ) without rowid`,
  `create index donors_by_run on donors (run_id)`,
  `insert into donors select fingerprints.hash, run_steps.run_id, run_steps.key
    from run_steps join fingerprints on fingerprints.run_id = run_steps.run_id and fingerprints.step = run_steps.key
    where run_steps.status = 'completed' and run_steps."row" ->> '$.isReusable'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
