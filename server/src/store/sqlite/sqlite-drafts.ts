import { type Selectable, sql } from 'kysely';
import { Checkpoint, DraftEdit } from '@pipewright/shared/http/drafts.ts';
import type { PageQuery } from '@pipewright/shared/http/page.ts';
import { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { isTextOp } from '@pipewright/shared/draft/text-ops.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import type { DraftRecord, DraftStore, NewDraft, Page, SaveOutcome } from '../store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import { followRenames } from './sqlite-comments.ts';
import { keepText, readText, releaseText } from './sqlite-texts.ts';
import type { DraftsTable } from './tables.ts';

/** Edits kept for tabs that were away; older ones are fetched as a whole draft. */
const editsKept = 2000;
/** What is left of an older one: that it was made, so that whoever sends it again after a long time does not make it again. */
const forgotten = 'null';

export class SqliteDrafts implements DraftStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async create(draft: NewDraft): Promise<DraftRecord> {
    return await this.#db.durably(async (db) => await insert(db, draft));
  }

  async createOnceFrom(draft: NewDraft & { readonly from: string }): Promise<DraftId> {
    return await this.#db.durably(async (db) => {
      const known = await db
        .selectFrom('drafts')
        .select('id')
        .where('from', '=', draft.from)
        .where('archived_at', 'is', null)
        .orderBy('updated_at', 'desc')
        .executeTakeFirst();
      return known ? DraftId.parse(known.id) : (await insert(db, draft)).id;
    });
  }

  async get(id: DraftId): Promise<DraftRecord | undefined> {
    const row = await this.#db.read.selectFrom('drafts').selectAll().where('id', '=', id).where('archived_at', 'is', null).executeTakeFirst();
    return row && { ...toRecord(row), ...(await readText(this.#db.read, row.text_hash)) };
  }

  async list(query: PageQuery): Promise<Page<DraftRecord>> {
    let select = this.#db.read
      .selectFrom('drafts')
      .selectAll()
      .where('archived_at', 'is', null)
      .orderBy('updated_at', 'desc')
      .orderBy('id')
      .limit(query.limit + 1);
    const after = query.cursor?.split('|') ?? [];
    const [updatedAt, id] = after;
    if (updatedAt !== undefined && id !== undefined) {
      select = select.where((where) => where.or([where('updated_at', '<', updatedAt), where.and([where('updated_at', '=', updatedAt), where('id', '>', id)])]));
    }
    const rows = await select.execute();
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return { items: rows.slice(0, query.limit).map(toRecord), nextCursor: last ? `${last.updated_at}|${last.id}` : null };
  }

  async save(id: DraftId, edit: DraftEdit, content: DraftContent): Promise<SaveOutcome> {
    return await this.#db.durably(async (db) => {
      const draft = await db.selectFrom('drafts').select(['revision', 'archived_at']).where('id', '=', id).executeTakeFirst();
      if (!draft) return { kind: 'unknown' };
      if (draft.archived_at !== null) return { kind: 'archived' };
      const repeated = await db
        .selectFrom('draft_edits')
        .select('revision')
        .where('draft_id', '=', id)
        .where('mutation_id', '=', edit.mutationId)
        .executeTakeFirst();
      if (repeated) return { kind: 'repeated', revision: repeated.revision };
      if (draft.revision !== edit.revision - 1) return { kind: 'conflict', currentRevision: draft.revision };
      await storeEdit(db, id, { edit, content });
      return { kind: 'saved' };
    });
  }

  async editsAfter(id: DraftId, revision: number): Promise<readonly DraftEdit[] | undefined> {
    const rows = await this.#db.read
      .selectFrom('draft_edits')
      .select('edit')
      .where('draft_id', '=', id)
      .where('revision', '>', revision)
      .where('edit', '!=', forgotten)
      .orderBy('revision')
      .execute();
    // What a newer version wrote and this one does not know counts as no longer kept: the draft is read as a whole.
    const edits = rows.flatMap(({ edit }) => DraftEdit.safeParse(JSON.parse(edit)).data ?? []);
    const draft = await this.#db.read.selectFrom('drafts').select('revision').where('id', '=', id).executeTakeFirst();
    const isWhole = draft !== undefined && edits.length === Math.max(draft.revision - revision, 0);
    return isWhole ? edits : undefined;
  }

  async editsBefore(id: DraftId, revision: number, limit: number): Promise<readonly DraftEdit[]> {
    const rows = await this.#db.read
      .selectFrom('draft_edits')
      .select('edit')
      .where('draft_id', '=', id)
      .where('revision', '<', revision)
      .orderBy('revision', 'desc')
      .limit(limit)
      .execute();
    return rows.flatMap(({ edit }) => DraftEdit.safeParse(JSON.parse(edit)).data ?? []);
  }

  async renamesSince(id: DraftId, revision: number): Promise<readonly { readonly step: string; readonly to: string }[]> {
    const { rows } = await sql<{ step: string; to: string }>`
      select op.value ->> '$.step' as step, op.value ->> '$.to' as "to" from draft_edits, json_each(edit, '$.ops') as op
      where draft_id = ${id} and revision >= ${revision} and op.value ->> '$.op' = 'step.rename'
      order by revision desc, op.key desc`.execute(this.#db.read);
    return rows;
  }

  async archive(id: DraftId, at: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.write
      .updateTable('drafts')
      .set({ archived_at: at })
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async isArchived(id: DraftId): Promise<boolean> {
    const row = await this.#db.read.selectFrom('drafts').select('archived_at').where('id', '=', id).executeTakeFirst();
    return row !== undefined && row.archived_at !== null;
  }

  async restore(id: DraftId): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.write.updateTable('drafts').set({ archived_at: null }).where('id', '=', id).executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async checkpoints(id: DraftId): Promise<readonly Checkpoint[]> {
    const rows = await this.#db.read.selectFrom('checkpoints').select('checkpoint').where('draft_id', '=', id).execute();
    return rows.map(({ checkpoint }) => Checkpoint.parse(JSON.parse(checkpoint))).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  }

  async newestCheckpoint(id: DraftId): Promise<Checkpoint | undefined> {
    const { rows } = await sql<{ checkpoint: string }>`
      select checkpoint from checkpoints where draft_id = ${id} order by checkpoint ->> '$.at' desc limit 1`.execute(this.#db.read);
    return rows[0] && Checkpoint.parse(JSON.parse(rows[0].checkpoint));
  }

  async addCheckpoint(id: DraftId, checkpoint: Checkpoint, { document, layout, text }: DraftContent): Promise<void> {
    const row = { draft_id: id, id: checkpoint.id, checkpoint: JSON.stringify(checkpoint), content: JSON.stringify({ document, layout }) };
    await this.#db.durably(async (db) => {
      const text_hash = await keepText(db, text);
      await db
        .insertInto('checkpoints')
        .values({ ...row, text_hash })
        .execute();
    });
  }

  async checkpointContent(id: DraftId, checkpoint: string): Promise<DraftContent | undefined> {
    const row = await this.#db.read
      .selectFrom('checkpoints')
      .select(['content', 'text_hash'])
      .where('draft_id', '=', id)
      .where('id', '=', checkpoint)
      .executeTakeFirst();
    return row && { ...DraftContent.parse(JSON.parse(row.content)), ...(await readText(this.#db.read, row.text_hash)) };
  }

  async changeCheckpoint(id: DraftId, checkpoint: Checkpoint): Promise<boolean> {
    const { numUpdatedRows } = await this.#db.write
      .updateTable('checkpoints')
      .set({ checkpoint: JSON.stringify(checkpoint) })
      .where('draft_id', '=', id)
      .where('id', '=', checkpoint.id)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async removeUnnamedCheckpoints(id: DraftId, checkpoints: readonly string[]): Promise<void> {
    if (checkpoints.length === 0) return;
    await this.#db.durably(async (db) => {
      const removed = await db
        .deleteFrom('checkpoints')
        .where('draft_id', '=', id)
        .where('id', 'in', checkpoints)
        .where(sql<string>`checkpoint ->> '$.name'`, '=', '')
        .returning('text_hash')
        .execute();
      const texts = new Set(removed.map(({ text_hash }) => text_hash));
      for (const text of texts) await releaseText(db, text);
    });
  }
}

async function insert(db: Db, draft: NewDraft): Promise<DraftRecord> {
  const record: DraftRecord = { ...draft, revision: 1, updatedAt: draft.createdAt };
  const text_hash = await keepText(db, draft.text);
  await db
    .insertInto('drafts')
    .values({ ...toRow(record), text_hash })
    .execute();
  return record;
}

async function storeEdit(db: Db, id: DraftId, { edit, content }: { edit: DraftEdit; content: DraftContent }): Promise<void> {
  await db
    .insertInto('draft_edits')
    .values({ draft_id: id, revision: edit.revision, mutation_id: edit.mutationId, edit: JSON.stringify(edit) })
    .execute();
  await db
    .updateTable('draft_edits')
    .set({ edit: forgotten })
    .where('draft_id', '=', id)
    .where('revision', '=', edit.revision - editsKept)
    .execute();
  await db
    .updateTable('drafts')
    .set({ revision: edit.revision, updated_at: edit.at, document: JSON.stringify(content.document), layout: JSON.stringify(content.layout) })
    .where('id', '=', id)
    .execute();
  await followRenames(db, id, edit.ops);
  if (edit.ops.some(isTextOp)) await storeText(db, id, content.text);
}

async function storeText(db: Db, id: DraftId, text: string | undefined): Promise<void> {
  const before = await db.selectFrom('drafts').select('text_hash').where('id', '=', id).executeTakeFirstOrThrow();
  const text_hash = await keepText(db, text);
  if (text_hash === before.text_hash) return;
  await db.updateTable('drafts').set({ text_hash }).where('id', '=', id).execute();
  await releaseText(db, before.text_hash);
}

function toRow(draft: DraftRecord): Omit<Selectable<DraftsTable>, 'text_hash'> {
  return {
    id: draft.id,
    revision: draft.revision,
    created_at: draft.createdAt,
    updated_at: draft.updatedAt,
    archived_at: null,
    by: draft.by,
    folder: draft.folder,
    from: draft.from,
    document: JSON.stringify(draft.document),
    layout: JSON.stringify(draft.layout),
  };
}

/** Without its text. */
function toRecord(row: Selectable<DraftsTable>): DraftRecord {
  const { document, layout } = DraftContent.parse({ document: JSON.parse(row.document), layout: JSON.parse(row.layout) });
  return {
    id: DraftId.parse(row.id),
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    by: row.by,
    folder: row.folder,
    from: row.from,
    document,
    layout,
  };
}
