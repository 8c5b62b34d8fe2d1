import { sql, type Kysely } from 'kysely';

/** What is said of drafts and of their steps. */
const statements = [
  `create table comment_threads (
    id text primary key, draft_id text not null references drafts (id) on delete cascade, step text, updated_at text not null,
    resolved_by text, resolved_at text
  ) without rowid`,
  `create index comment_threads_by_draft on comment_threads (draft_id, updated_at)`,
  `create table comment_messages (
    number integer primary key autoincrement, id text not null unique,
    thread_id text not null references comment_threads (id) on delete cascade,
    "by" text not null, at text not null, edited_at text, text text not null, mentions text not null
  )`,
  `create index comment_messages_by_thread on comment_messages (thread_id, number)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
