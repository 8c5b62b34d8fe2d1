import { sql, type Kysely } from 'kysely';

/**
 * The texts that documents were last written in: a draft's, kept along by its checkpoints, versions and runs. They are
 * often the same text, so each is stored once, under the hash of its content.
 */
const statements = [
  `create table texts (hash text primary key, text text not null)`,
  ...['drafts', 'checkpoints', 'pipelines', 'run_documents'].flatMap((table) => [
    `alter table ${table} add column text_hash text references texts (hash)`,
    `create index ${table}_text on ${table} (text_hash) where text_hash is not null`,
  ]),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
