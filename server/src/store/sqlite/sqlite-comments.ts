import type { Selectable } from 'kysely';
import { renamedKey, renameMentions } from '@pipewright/shared/comments/mentions.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { CommentMessage, type CommentsQuery, CommentThread } from '@pipewright/shared/http/comments.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { CommentStore, CommentWrite, SeenDraft } from '../comment-store.ts';
import type { Page } from '../store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import type { CommentMessagesTable, CommentThreadsTable } from './tables.ts';

export class SqliteComments implements CommentStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async list(draft: DraftId, { limit, cursor, state, step }: CommentsQuery): Promise<Page<CommentThread>> {
    let select = this.#db.read
      .selectFrom('comment_threads')
      .selectAll()
      .where('draft_id', '=', draft)
      .orderBy('updated_at', 'desc')
      .orderBy('id')
      .limit(limit + 1);
    if (state !== undefined) select = select.where('resolved_at', state === 'open' ? 'is' : 'is not', null);
    if (step !== undefined) select = select.where('step', '=', step);
    const [updatedAt, id] = cursor?.split('|') ?? [];
    if (updatedAt !== undefined && id !== undefined) {
      select = select.where((where) => where.or([where('updated_at', '<', updatedAt), where.and([where('updated_at', '=', updatedAt), where('id', '>', id)])]));
    }
    const rows = await select.execute();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await this.#withMessages(shown), nextCursor: last ? `${last.updated_at}|${last.id}` : null };
  }

  async thread(draft: DraftId, thread: string): Promise<CommentThread | undefined> {
    const rows = await this.#db.read.selectFrom('comment_threads').selectAll().where('draft_id', '=', draft).where('id', '=', thread).execute();
    return (await this.#withMessages(rows))[0];
  }

  async start(seen: SeenDraft, { id, step, updatedAt, messages }: CommentThread): Promise<CommentWrite> {
    return await this.#write(seen, async (db) => {
      await db.insertInto('comment_threads').values({ id, draft_id: seen.id, step, updated_at: updatedAt, resolved_by: null, resolved_at: null }).execute();
      for (const message of messages) await insertMessage(db, id, message);
      return 'written';
    });
  }

  async say(seen: SeenDraft, thread: string, message: CommentMessage): Promise<CommentWrite> {
    return await this.#write(seen, async (db) => {
      const { numUpdatedRows } = await db.updateTable('comment_threads').set({ updated_at: message.at }).where('id', '=', thread).executeTakeFirst();
      if (numUpdatedRows === 0n) return 'unknown';
      await insertMessage(db, thread, message);
      return 'written';
    });
  }

  async reword(seen: SeenDraft, { id, text, mentions, editedAt }: CommentMessage): Promise<CommentWrite> {
    return await this.#write(seen, async (db) => {
      const row = { text, mentions: JSON.stringify(mentions), edited_at: editedAt };
      const { numUpdatedRows } = await db.updateTable('comment_messages').set(row).where('id', '=', id).executeTakeFirst();
      return numUpdatedRows === 0n ? 'unknown' : 'written';
    });
  }

  async remove(thread: string, message: string): Promise<void> {
    await this.#db.durably(async (db) => {
      await db.deleteFrom('comment_messages').where('thread_id', '=', thread).where('id', '=', message).execute();
      const left = await db.selectFrom('comment_messages').select('id').where('thread_id', '=', thread).executeTakeFirst();
      if (!left) await db.deleteFrom('comment_threads').where('id', '=', thread).execute();
    });
  }

  async resolve(thread: string, at: string, resolved: CommentThread['resolved']): Promise<void> {
    await this.#db.durably(async (db) => {
      const row = { updated_at: at, resolved_by: resolved?.by ?? null, resolved_at: resolved?.at ?? null };
      await db.updateTable('comment_threads').set(row).where('id', '=', thread).execute();
    });
  }

  /** What names steps is written only while these are called as they were seen. */
  async #write({ id, revision }: SeenDraft, work: (db: Db) => Promise<CommentWrite>): Promise<CommentWrite> {
    return await this.#db.durably(async (db) => {
      const draft = await db.selectFrom('drafts').select('revision').where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst();
      return draft?.revision === revision ? await work(db) : 'changed';
    });
  }

  async #withMessages(threads: readonly Selectable<CommentThreadsTable>[]): Promise<CommentThread[]> {
    if (threads.length === 0) return [];
    const ids = threads.map(({ id }) => id);
    const rows = await this.#db.read.selectFrom('comment_messages').selectAll().where('thread_id', 'in', ids).orderBy('number').execute();
    const byThread = Map.groupBy(rows, (row) => row.thread_id);
    return threads.map((thread) => toThread(thread, byThread.get(thread.id) ?? []));
  }
}

/** Comments of steps that an edit gives other keys go along, and so does what mentions them. */
export async function followRenames(db: Db, draft: DraftId, ops: readonly DraftOp[]): Promise<void> {
  for (const op of ops) {
    if (op.op !== 'step.rename') continue;
    const threads = await db.selectFrom('comment_threads').select(['id', 'step']).where('draft_id', '=', draft).execute();
    for (const { id, step } of threads) {
      const now = step === null ? null : renamedKey(step, op.step, op.to);
      if (now !== step) await db.updateTable('comment_threads').set({ step: now }).where('id', '=', id).execute();
    }
    const messages = await db
      .selectFrom('comment_messages')
      .innerJoin('comment_threads', 'comment_threads.id', 'comment_messages.thread_id')
      .select(['comment_messages.id', 'text', 'mentions'])
      .where('draft_id', '=', draft)
      .where('mentions', '!=', '[]')
      .execute();
    for (const row of messages) {
      const message = { text: row.text, mentions: CommentMessage.shape.mentions.parse(JSON.parse(row.mentions)) };
      const { text, mentions } = renameMentions(message, op.step, op.to);
      if (mentions === message.mentions) continue;
      await db
        .updateTable('comment_messages')
        .set({ text, mentions: JSON.stringify(mentions) })
        .where('id', '=', row.id)
        .execute();
    }
  }
}

async function insertMessage(db: Db, thread: string, { id, by, at, editedAt, text, mentions }: CommentMessage): Promise<void> {
  const row = { id, thread_id: thread, by, at, edited_at: editedAt, text, mentions: JSON.stringify(mentions) };
  await db.insertInto('comment_messages').values(row).execute();
}

function toThread(row: Selectable<CommentThreadsTable>, messages: readonly Selectable<CommentMessagesTable>[]): CommentThread {
  return CommentThread.parse({
    id: row.id,
    step: row.step,
    updatedAt: row.updated_at,
    resolved: row.resolved_at === null ? null : { by: row.resolved_by, at: row.resolved_at },
    messages: messages.map(({ id, by, at, edited_at, text, mentions }) => ({ id, by, at, editedAt: edited_at, text, mentions: JSON.parse(mentions) })),
  });
}
