import { sql } from 'kysely';
import { z } from 'zod';
import type { PageQuery } from '@pipewright/shared/http/page.ts';
import { PublishedPipelineDetail } from '@pipewright/shared/http/pipelines.ts';
import type { DraftId } from '@pipewright/shared/ids.ts';
import type { NewPublishedPipeline, Page, PipelineStore, PublishedRecord, PublishOutcome } from '../store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import { hashOfText, keepText, readText } from './sqlite-texts.ts';

const Stored = PublishedPipelineDetail.extend({ folder: z.string().nullable() });

export class SqlitePipelines implements PipelineStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async publish(pipeline: NewPublishedPipeline): Promise<PublishOutcome> {
    const { contentHash, version: wanted, text, ...rest } = pipeline;
    return await this.#db.durably(async (db) => {
      const same = await db
        .selectFrom('pipelines')
        .select(['record', 'version'])
        .where('name', '=', pipeline.name)
        .where('content_hash', '=', contentHash)
        .where('text_hash', 'is', text === undefined ? null : hashOfText(text))
        .orderBy('number', 'desc')
        .executeTakeFirst();
      if (same && (wanted === undefined || wanted === same.version)) return { kind: 'unchanged', pipeline: toRecord(same.record) };
      const version = wanted ?? (await nextVersion(db, pipeline.name));
      const taken = await db.selectFrom('pipelines').select('number').where('name', '=', pipeline.name).where('version', '=', version).executeTakeFirst();
      if (taken) return { kind: 'version-taken', version };
      const record: PublishedRecord = { ...rest, version };
      await db
        .insertInto('pipelines')
        .values({ name: record.name, version, content_hash: contentHash, record: JSON.stringify(record), text_hash: await keepText(db, text) })
        .execute();
      return { kind: 'published', pipeline: record };
    });
  }

  async list(query: PageQuery): Promise<Page<PublishedRecord>> {
    const newest = this.#db.read
      .selectFrom('pipelines')
      .select(({ fn }) => fn.max('number').as('number'))
      .groupBy('name');
    let select = this.#db.read.selectFrom('pipelines').select(['number', 'record']).where('number', 'in', newest);
    if (query.cursor !== undefined) select = select.where('number', '<', Number(query.cursor));
    const rows = await select
      .orderBy('number', 'desc')
      .limit(query.limit + 1)
      .execute();
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return { items: rows.slice(0, query.limit).map(({ record }) => toRecord(record)), nextCursor: last ? String(last.number) : null };
  }

  async versions(name: string): Promise<readonly PublishedRecord[]> {
    const rows = await this.#db.read.selectFrom('pipelines').select('record').where('name', '=', name).orderBy('number', 'desc').execute();
    return rows.map(({ record }) => toRecord(record));
  }

  async ofDraft(draft: DraftId, name: string | null): Promise<readonly PublishedRecord[]> {
    const { rows } = await sql<{ record: string }>`
      select record from pipelines
      where name = ${name} or name in (select name from pipelines where record ->> '$.draft' = ${draft})
      order by number desc`.execute(this.#db.read);
    return rows.map(({ record }) => toRecord(record));
  }

  async get(name: string, version: string): Promise<PublishedRecord | undefined> {
    let select = this.#db.read.selectFrom('pipelines').select(['record', 'text_hash']).where('name', '=', name);
    if (version !== 'latest') select = select.where('version', '=', version);
    const row = await select.orderBy('number', 'desc').executeTakeFirst();
    return row && { ...toRecord(row.record), ...(await readText(this.#db.read, row.text_hash)) };
  }
}

/** One above the highest whole number that is taken. */
async function nextVersion(db: Db, name: string): Promise<string> {
  const rows = await db.selectFrom('pipelines').select('version').where('name', '=', name).execute();
  const numbers = rows.map(({ version }) => (/^\d+$/.test(version) ? Number(version) : 0));
  return String(Math.max(0, ...numbers) + 1);
}

const toRecord = (text: string): PublishedRecord => Stored.parse(JSON.parse(text));
