import { RegisteredAsset, type AssetKind } from '@pipewright/shared/asset/asset.ts';
import type { AssetStore, NewAsset } from '../store.ts';
import type { Connections } from './open-sqlite-store.ts';

export class SqliteAssets implements AssetStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async register({ contentHash, version, ...asset }: NewAsset) {
    return await this.#db.durably(async (db) => {
      const { kind, name, createdAt } = asset;
      const earlier = await db
        .selectFrom('assets')
        .select(['version', 'content_hash', 'record'])
        .where('kind', '=', kind)
        .where('name', '=', name)
        .orderBy('number', 'desc')
        .execute();
      const same = version === null ? earlier[0] : earlier.find((row) => row.version === version);
      if (same && same.content_hash === contentHash) return { outcome: 'unchanged' as const, asset: RegisteredAsset.parse(JSON.parse(same.record)) };
      if (same && version !== null) return { outcome: 'version-taken' as const, asset: RegisteredAsset.parse(JSON.parse(same.record)) };
      const registered = RegisteredAsset.parse({ ...asset, version: version ?? nextVersion(earlier.map((row) => row.version)) });
      await db
        .insertInto('assets')
        .values({ kind, name, version: registered.version, content_hash: contentHash, created_at: createdAt, record: JSON.stringify(registered) })
        .execute();
      return { outcome: 'registered' as const, asset: registered };
    });
  }

  async find(name: string, version: string): Promise<RegisteredAsset | undefined> {
    let select = this.#db.read.selectFrom('assets').select('record').where('name', '=', name).orderBy('number', 'desc').limit(1);
    if (version !== 'latest') select = select.where('version', '=', version);
    const row = await select.executeTakeFirst();
    return row && RegisteredAsset.parse(JSON.parse(row.record));
  }

  async list(kind: AssetKind): Promise<readonly RegisteredAsset[]> {
    const rows = await this.#db.read.selectFrom('assets').select('record').where('kind', '=', kind).orderBy('number', 'desc').execute();
    return rows.map(({ record }) => RegisteredAsset.parse(JSON.parse(record)));
  }
}

/** One more than the highest that is a whole number. */
function nextVersion(versions: readonly string[]): string {
  const numbers = versions.filter((version) => /^\d+$/.test(version)).map(Number);
  return String(Math.max(0, ...numbers) + 1);
}
