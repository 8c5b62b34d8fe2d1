import { sql, type Kysely } from 'kysely';

/** Tracked runs that a step's MLflow client makes itself: their parent is the run of the attempt. */
const statements = [
  `alter table tracked_runs add column parent text`,
  `alter table tracked_runs add column name text not null default ''`,
  `create index tracked_runs_by_experiment on tracked_runs (experiment, started_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
