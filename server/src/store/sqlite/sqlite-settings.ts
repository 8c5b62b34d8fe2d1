import { Json } from '@pipewright/shared/json.ts';
import type { SettingsStore } from '../store.ts';
import type { Connections } from './open-sqlite-store.ts';

export class SqliteSettings implements SettingsStore {
  readonly #db: Connections;

  constructor(db: Connections) {
    this.#db = db;
  }

  async get(key: string): Promise<Json | undefined> {
    const row = await this.#db.read.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
    return row && Json.parse(JSON.parse(row.value));
  }

  async set(key: string, value: Json): Promise<void> {
    const text = JSON.stringify(value);
    await this.#db.durably(async (db) => {
      await db
        .insertInto('settings')
        .values({ key, value: text })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
        .execute();
    });
  }
}
