import { z } from 'zod';
import type { ModelName, ModelNotesStore, ModelVersionNote } from '../model-notes-store.ts';
import type { Connections } from './open-sqlite-store.ts';

const Tags = z.record(z.string(), z.string());

export class SqliteModelNotes implements ModelNotesStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async names(): Promise<readonly ModelName[]> {
    const rows = await this.#db.read.selectFrom('registered_models').selectAll().orderBy('name').execute();
    return rows.map(({ name, created_at, updated_at, description, tags }) => {
      return { name, createdAt: created_at, updatedAt: updated_at, description, tags: Tags.parse(JSON.parse(tags)) };
    });
  }

  async setName({ name, createdAt, updatedAt, description, tags }: ModelName): Promise<void> {
    const change = { updated_at: updatedAt, description, tags: JSON.stringify(tags) };
    await this.#db.durably(
      async (db) =>
        await db
          .insertInto('registered_models')
          .values({ name, created_at: createdAt, ...change })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
          .execute(),
    );
  }

  async removeName(name: string): Promise<void> {
    await this.#db.durably(async (db) => await db.deleteFrom('registered_models').where('name', '=', name).execute());
  }

  async versions(name?: string): Promise<readonly ModelVersionNote[]> {
    let select = this.#db.read.selectFrom('model_versions').selectAll();
    if (name !== undefined) select = select.where('name', '=', name);
    const rows = await select.execute();
    return rows.map(({ name, version, tracked_id, model_id, source, stage, updated_at }) => {
      return { name, version, run: tracked_id, model: model_id, source, stage, updatedAt: updated_at };
    });
  }

  async setVersion({ name, version, run, model, source, stage, updatedAt }: ModelVersionNote): Promise<void> {
    const change = { tracked_id: run, model_id: model, source, stage, updated_at: updatedAt };
    await this.#db.durably(
      async (db) =>
        await db
          .insertInto('model_versions')
          .values({ name, version, ...change })
          .onConflict((conflict) => conflict.columns(['name', 'version']).doUpdateSet(change))
          .execute(),
    );
  }
}
