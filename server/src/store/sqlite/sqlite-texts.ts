import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './open-sqlite-store.ts';

/** By which rows refer to a text. */
export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Keeps a text and answers with its hash. Null for none. */
export async function keepText(db: Db, text: string | undefined): Promise<string | null> {
  if (text === undefined) return null;
  const hash = hashOfText(text);
  await db
    .insertInto('texts')
    .values({ hash, text })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
  return hash;
}

/** `{ text }` as it was kept; empty for null. */
export async function readText(db: Db, hash: string | null): Promise<{ text?: string }> {
  if (hash === null) return {};
  const { text } = await db.selectFrom('texts').select('text').where('hash', '=', hash).executeTakeFirstOrThrow();
  return { text };
}

/** Forgets a text that a row no longer refers to, unless another row does. */
export async function releaseText(db: Db, hash: string | null): Promise<void> {
  if (hash === null) return;
  await sql`delete from texts where hash = ${hash}
    and not exists (select 1 from drafts where text_hash = ${hash})
    and not exists (select 1 from checkpoints where text_hash = ${hash})
    and not exists (select 1 from pipelines where text_hash = ${hash})
    and not exists (select 1 from run_documents where text_hash = ${hash})`.execute(db);
}
