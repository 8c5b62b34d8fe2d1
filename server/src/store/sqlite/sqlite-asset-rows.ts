import { sql } from 'kysely';
import type { AssetPoint } from '@pipewright/shared/asset/asset-reference.ts';
import type { AssetName, NewAsset } from '../asset-store.ts';
import type { Db } from './open-sqlite-store.ts';

/** Where a version stands in the order of registration; a version that is named exactly is found though it is archived. */
export async function numberOf(db: Db, { kind, name }: AssetName, at: AssetPoint): Promise<number | undefined> {
  const select = db.selectFrom('assets').select('number').where('assets.kind', '=', kind).where('assets.name', '=', name);
  if ('version' in at) return (await select.where('version', '=', at.version).executeTakeFirst())?.number;
  if (at.label === 'latest') return (await select.where('archived_at', 'is', null).orderBy('number', 'desc').executeTakeFirst())?.number;
  const row = await db
    .selectFrom('asset_labels')
    .select('version')
    .where('kind', '=', kind)
    .where('name', '=', name)
    .where('label', '=', at.label)
    .executeTakeFirst();
  return row && (await select.where('version', '=', row.version).executeTakeFirst())?.number;
}

/** Inside a transaction: under the version that is wanted, or the next number; what has the same content is the same. */
export async function registerBytes(db: Db, asset: NewAsset): Promise<{ outcome: 'registered' | 'unchanged' | 'version-taken'; number: number }> {
  const { kind, name, version, type, artifact, path } = asset;
  const content = `${type} ${artifact?.hash ?? path ?? ''}`;
  const wanted = version === null ? ({ label: 'latest' } as const) : { version };
  const number = await numberOf(db, { kind, name }, wanted);
  const existing =
    number === undefined
      ? undefined
      : await db.selectFrom('assets').select(['number', 'content_hash', 'source']).where('number', '=', number).executeTakeFirst();
  if (existing?.content_hash === content) {
    await rememberOrigin(db, existing.number, asset);
    return { outcome: 'unchanged', number: existing.number };
  }
  if (existing?.source === 'built-in' && asset.source === 'built-in') {
    // Another release of the product lies in another folder.
    await db
      .updateTable('assets')
      .set({ content_hash: content, record: recordOf(asset) })
      .where('number', '=', existing.number)
      .execute();
    return { outcome: 'registered', number: existing.number };
  }
  if (existing && version !== null) return { outcome: 'version-taken', number: existing.number };
  const inserted = await db
    .insertInto('assets')
    .values({
      kind,
      name,
      version: version ?? (await nextVersion(db, { kind, name })),
      type,
      source: asset.source,
      content_hash: content,
      created_at: asset.createdAt,
      by: asset.by,
      display_name: asset.displayName,
      description: asset.description,
      tags: JSON.stringify(asset.tags),
      run_id: asset.origin === null ? null : Number(asset.origin.run),
      step: asset.origin?.step ?? null,
      port: asset.origin?.port ?? null,
      record: recordOf(asset),
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  await rememberOrigin(db, inserted.number, asset);
  return { outcome: 'registered', number: inserted.number };
}

const recordOf = ({ artifact, path, sizeBytes }: NewAsset): string => JSON.stringify({ artifact, path, sizeBytes });

async function rememberOrigin(db: Db, asset: number, { origin }: NewAsset): Promise<void> {
  if (origin === null) return;
  await sql`insert or ignore into asset_uses (asset, role, run_id, step, port, steps)
    select ${asset}, 'output', id, ${origin.step}, ${origin.port ?? ''}, 1 from runs where id = ${Number(origin.run)}`.execute(db);
}

/** One more than the highest that is a whole number, archived or not. */
async function nextVersion(db: Db, { kind, name }: AssetName): Promise<string> {
  const rows = await db.selectFrom('assets').select('version').where('kind', '=', kind).where('name', '=', name).execute();
  const numbers = rows.filter(({ version }) => /^\d+$/.test(version)).map(({ version }) => Number(version));
  return String(Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1);
}

/** Files may give a tag any value. */
export function toTags(tags: unknown): Record<string, string> {
  if (tags === null || typeof tags !== 'object') return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
}
