import { sql, type Kysely } from 'kysely';

/** Which part of its pipeline a run was asked to run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table runs add column part text`.execute(db);
}
