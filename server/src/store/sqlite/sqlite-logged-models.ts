import { sql } from 'kysely';
import { z } from 'zod';
import type { LoggedModel, LoggedModelChange, LoggedModelStore } from '../tracking-store.ts';
import type { Connections } from './open-sqlite-store.ts';

const Record = z.object({
  id: z.string(),
  experimentId: z.string(),
  run: z.string().nullable(),
  name: z.string(),
  modelType: z.string(),
  status: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  tags: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.string()),
});

const toModel = ({ record }: { readonly record: string }): LoggedModel => Record.parse(JSON.parse(record));

export class SqliteLoggedModels implements LoggedModelStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async create(model: LoggedModel): Promise<void> {
    await this.#db.write
      .insertInto('logged_models')
      .values({ id: model.id, experiment_id: Number(model.experimentId), tracked_id: model.run, record: JSON.stringify(model) })
      .execute();
  }

  async get(id: string): Promise<LoggedModel | undefined> {
    const row = await this.#db.read.selectFrom('logged_models').select('record').where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst();
    return row && toModel(row);
  }

  async change(id: string, change: (model: LoggedModel) => LoggedModelChange, at: number): Promise<LoggedModel | undefined> {
    return await this.#db.write.transaction().execute(async (db) => {
      const row = await db.selectFrom('logged_models').select('record').where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst();
      if (!row) return undefined;
      const before = toModel(row);
      const model = { ...before, ...change(before), updatedAt: at };
      await db
        .updateTable('logged_models')
        .set({ record: JSON.stringify(model) })
        .where('id', '=', id)
        .execute();
      return model;
    });
  }

  async delete(id: string, at: number): Promise<boolean> {
    const { rows } = await sql`update logged_models set deleted_at = ${at} where id = ${id} and deleted_at is null returning id`.execute(this.#db.write);
    return rows.length > 0;
  }

  async list(experiments: readonly string[]): Promise<readonly LoggedModel[]> {
    if (experiments.length === 0) return [];
    const rows = await this.#db.read
      .selectFrom('logged_models')
      .select('record')
      .where('experiment_id', 'in', experiments.map(Number))
      .where('deleted_at', 'is', null)
      .orderBy('number', 'desc')
      .execute();
    return rows.map(toModel);
  }

  async ofRun(run: string): Promise<readonly LoggedModel[]> {
    const rows = await this.#db.read
      .selectFrom('logged_models')
      .select('record')
      .where('tracked_id', '=', run)
      .where('deleted_at', 'is', null)
      .orderBy('number', 'desc')
      .execute();
    return rows.map(toModel);
  }
}
