import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import { Asset, type AssetKind, type AssetTexts } from '@pipewright/shared/asset/asset.ts';
import type { AssetPoint } from '@pipewright/shared/asset/asset-reference.ts';
import type { PageQuery } from '@pipewright/shared/http/page.ts';
import type { Instant, RunId } from '@pipewright/shared/ids.ts';
import { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { AssetInRun, AssetKey, AssetName, AssetsQuery, AssetStore, AssetUse, NewAsset } from '../asset-store.ts';
import type { Page } from '../store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import { numberOf, registerBytes, toTags } from './sqlite-asset-rows.ts';
import { usesInRun, usesOf } from './sqlite-asset-uses.ts';
import type { AssetsTable } from './tables.ts';

/** Takes back what the transaction has registered before. */
class VersionTaken extends Error {
  readonly asset: NewAsset;

  constructor(asset: NewAsset) {
    super(`${asset.name}:${asset.version} holds other content`);
    this.asset = asset;
  }
}

export class SqliteAssets implements AssetStore {
  readonly #db: Connections;
  /** What others remember of versions is no longer so. */
  readonly #changed: () => void;

  constructor(db: Connections, changed: () => void) {
    this.#db = db;
    this.#changed = changed;
  }

  async register(asset: NewAsset) {
    return await this.#db.durably(async (db) => {
      const { outcome, number } = await registerBytes(db, asset);
      return { outcome, asset: await oneOf(db, number) };
    });
  }

  async registerAll(assets: readonly NewAsset[]): Promise<NewAsset | null> {
    try {
      await this.#db.durably(async (db) => {
        for (const asset of assets) if ((await registerBytes(db, asset)).outcome === 'version-taken') throw new VersionTaken(asset);
      });
      return null;
    } catch (error) {
      if (error instanceof VersionTaken) return error.asset;
      throw error;
    }
  }

  async find(kinds: readonly AssetKind[], name: string, at: AssetPoint): Promise<Asset | undefined> {
    for (const kind of kinds) {
      const number = await numberOf(this.#db.read, { kind, name }, at);
      if (number !== undefined) return await oneOf(this.#db.read, number);
    }
    return undefined;
  }

  async versions({ kind, name }: AssetName): Promise<readonly Asset[]> {
    const rows = await selectAssets(this.#db.read).where('kind', '=', kind).where('name', '=', name).orderBy('number', 'desc').execute();
    return rows.map(toAsset);
  }

  async list(query: AssetsQuery): Promise<Page<Asset>> {
    let select = selectAssets(this.#db.read)
      .where('kind', '=', query.kind)
      .orderBy('number', 'desc')
      .limit(query.limit + 1);
    if (query.cursor !== undefined) select = select.where('number', '<', Number(query.cursor));
    if (query.type !== undefined) select = select.where('type', '=', query.type);
    if (query.archived !== 'include') select = select.where('archived_at', query.archived === 'only' ? 'is not' : 'is', null);
    if (query.newestOnly) {
      const among =
        query.archived === 'include' ? sql`` : query.archived === 'only' ? sql`and other.archived_at is not null` : sql`and other.archived_at is null`;
      select = select.where(
        sql<boolean>`number = (select max(number) from assets as other where other.kind = assets.kind and other.name = assets.name ${among})`,
      );
    }
    if (query.search) {
      const pattern = `%${query.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
      select = select.where(sql<boolean>`(name like ${pattern} escape '\\' or display_name like ${pattern} escape '\\')`);
    }
    if (query.tag) {
      const [key = '', ...value] = query.tag.split('=');
      const isSo = value.length === 0 ? sql`` : sql`and tag.value = ${value.join('=')}`;
      select = select.where(sql<boolean>`exists (select 1 from json_each(tags) as tag where tag.key = ${key} ${isSo})`);
    }
    const rows = await select.execute();
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return { items: rows.slice(0, query.limit).map(toAsset), nextCursor: last ? String(last.number) : null };
  }

  async names(kinds: readonly AssetKind[]): Promise<readonly string[]> {
    const rows = await this.#db.read.selectFrom('assets').select('name').distinct().where('kind', 'in', kinds).where('archived_at', 'is', null).execute();
    return rows.map(({ name }) => name);
  }

  async update({ kind, name, version }: AssetKey, { displayName, description, tags }: Partial<AssetTexts>): Promise<Asset | undefined> {
    const asset = await this.#db.durably(async (db) => {
      const number = await numberOf(db, { kind, name }, { version });
      if (number === undefined) return undefined;
      const change = {
        ...(displayName === undefined ? {} : { display_name: displayName }),
        ...(description === undefined ? {} : { description }),
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
      };
      if (Object.keys(change).length > 0) await db.updateTable('assets').set(change).where('number', '=', number).execute();
      return await oneOf(db, number);
    });
    this.#changed();
    return asset;
  }

  async setArchived({ kind, name }: AssetName, versions: readonly string[], at: Instant | null): Promise<readonly string[]> {
    const rows = await this.#db.durably(
      async (db) =>
        await db
          .updateTable('assets')
          .set({ archived_at: at })
          .where('kind', '=', kind)
          .where('name', '=', name)
          .where('version', 'in', versions)
          .where('archived_at', at === null ? 'is not' : 'is', null)
          .returning('version')
          .execute(),
    );
    this.#changed();
    return rows.map(({ version }) => version);
  }

  async setLabel({ kind, name }: AssetName, label: string, version: string | null): Promise<boolean> {
    return await this.#db.durably(async (db) => {
      if (version === null) {
        const { numDeletedRows } = await db
          .deleteFrom('asset_labels')
          .where('kind', '=', kind)
          .where('name', '=', name)
          .where('label', '=', label)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }
      if ((await numberOf(db, { kind, name }, { version })) === undefined) return false;
      const row = { kind, name, label, version };
      await db
        .insertInto('asset_labels')
        .values(row)
        .onConflict((conflict) => conflict.columns(['kind', 'name', 'label']).doUpdateSet({ version }))
        .execute();
      return true;
    });
  }

  async uses(of: Parameters<AssetStore['uses']>[0], page: PageQuery): Promise<Page<AssetUse>> {
    return await usesOf(this.#db.read, of, page);
  }

  async inRun(run: RunId, step?: string): Promise<readonly AssetInRun[]> {
    return await usesInRun(this.#db.read, run, step);
  }
}

const latestNumber = sql<number | null>`(select max(number) from assets as other
  where other.kind = assets.kind and other.name = assets.name and other.archived_at is null)`;
const labels = sql<string>`(select json_group_array(label) from asset_labels
  where asset_labels.kind = assets.kind and asset_labels.name = assets.name and asset_labels.version = assets.version)`;

/** Of data and models with their record, which is small; that of a component may be a whole pipeline. */
function selectAssets(db: Db) {
  return db
    .selectFrom('assets')
    .select(['number', 'kind', 'name', 'version', 'type', 'source', 'created_at', 'by', 'archived_at', 'display_name', 'description', 'tags'])
    .select(['run_id', 'step', 'port', latestNumber.as('latest'), labels.as('labels')])
    .select(sql<string | null>`iif(kind in ('data', 'model'), record, null)`.as('record'));
}

async function oneOf(db: Db, number: number): Promise<Asset> {
  return toAsset(await selectAssets(db).where('number', '=', number).executeTakeFirstOrThrow());
}

const Bytes = z.object({ artifact: Artifact.nullable(), path: z.string().nullable(), sizeBytes: z.int().nullable() });
const noBytes = { artifact: null, path: null, sizeBytes: null };

interface AssetRow extends Omit<Selectable<AssetsTable>, 'record' | 'content_hash'> {
  readonly record: string | null;
  readonly latest: number | null;
  readonly labels: string;
}

function toAsset(row: AssetRow): Asset {
  return Asset.parse({
    kind: row.kind,
    name: row.name,
    version: row.version,
    type: row.type,
    source: row.source,
    createdAt: row.created_at,
    by: row.by,
    archivedAt: row.archived_at,
    isLatest: row.latest === row.number,
    labels: JSON.parse(row.labels),
    displayName: row.display_name,
    description: row.description,
    tags: toTags(JSON.parse(row.tags)),
    origin: row.run_id === null || row.step === null ? null : { run: String(row.run_id), step: row.step, port: row.port },
    ...(row.record === null ? noBytes : Bytes.parse(JSON.parse(row.record))),
  });
}
