import { sql, type Kysely } from 'kysely';

/** Data and models that were registered by name. A version is never changed; its bytes are an artifact, or lie elsewhere. */
const statements = [
  `create table assets (
    number integer primary key autoincrement, kind text not null, name text not null, version text not null,
    content_hash text not null, created_at text not null, record text not null, unique (kind, name, version)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
