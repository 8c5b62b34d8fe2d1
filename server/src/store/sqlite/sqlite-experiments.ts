import { sql, type Selectable } from 'kysely';
import { z } from 'zod';
import type { Experiment, ExperimentChange, ExperimentStore } from '../tracking-store.ts';
import type { Connections, Db } from './open-sqlite-store.ts';
import type { ExperimentsTable } from './tables.ts';

export class SqliteExperiments implements ExperimentStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async create({ name, createdAt, tags }: Parameters<ExperimentStore['create']>[0]): Promise<Experiment | undefined> {
    const row = await this.#db.write
      .insertInto('experiments')
      .values({ name, created_at: createdAt, updated_at: createdAt, tags: JSON.stringify(tags) })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returningAll()
      .executeTakeFirst();
    return row && toExperiment(row);
  }

  async get(id: string): Promise<Experiment | undefined> {
    if (!/^\d{1,15}$/.test(id)) return undefined;
    const row = await this.#db.read.selectFrom('experiments').selectAll().where('id', '=', Number(id)).executeTakeFirst();
    return row && toExperiment(row);
  }

  async named(name: string): Promise<Experiment | undefined> {
    const row = await this.#db.read.selectFrom('experiments').selectAll().where('name', '=', name).executeTakeFirst();
    return row && toExperiment(row);
  }

  async list(): Promise<readonly Experiment[]> {
    return (await this.#db.read.selectFrom('experiments').selectAll().orderBy('id', 'desc').execute()).map(toExperiment);
  }

  async change(id: string, { name, deletedAt, tags }: ExperimentChange, at: number): Promise<boolean> {
    return await this.#db.write.transaction().execute(async (db) => {
      const before = await db.selectFrom('experiments').select(['id', 'name']).where('id', '=', Number(id)).executeTakeFirst();
      if (!before) return false;
      if (name !== undefined && name !== before.name) {
        if (await db.selectFrom('experiments').select('id').where('name', '=', name).executeTakeFirst()) return false;
        await db.updateTable('runs').set({ experiment: name }).where('experiment', '=', before.name).execute();
      }
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(deletedAt === undefined ? {} : { deleted_at: deletedAt }),
        ...(tags === undefined ? {} : { tags: JSON.stringify(tags) }),
        updated_at: at,
      };
      await db.updateTable('experiments').set(change).where('id', '=', before.id).execute();
      return true;
    });
  }
}

/** A run makes the experiment that it names, and takes a deleted one back into use. */
export async function storeExperimentOf(db: Db, { experiment, queuedAt }: { readonly experiment: string; readonly queuedAt: string }): Promise<void> {
  const at = Date.parse(queuedAt);
  await sql`insert into experiments (name, created_at, updated_at) values (${experiment}, ${at}, ${at})
    on conflict (name) do update set deleted_at = null`.execute(db);
}

const Tags = z.record(z.string(), z.string());

function toExperiment({ id, name, created_at, updated_at, deleted_at, tags }: Selectable<ExperimentsTable>): Experiment {
  return { id: String(id), name, createdAt: created_at, updatedAt: updated_at, deletedAt: deleted_at, tags: Tags.parse(JSON.parse(tags)) };
}
