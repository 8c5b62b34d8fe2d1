import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.ts';
import { migrations } from '../migrations/index.ts';
import { UnusableStoreError } from '../store.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

describe('the database file', () => {
  it('is brought up to date once, and then found as it was left', async () => {
    const file = join(await tempFolder(), 'pipewright.db');
    for (const name of ['Ada', 'Grace']) {
      const store = await openSqliteStore(file);
      if (name === 'Grace') expect(await store.settings.get('name')).toBe('Ada');
      await store.settings.set('name', name);
      await store[Symbol.asyncDispose]();
    }
    const database = new DatabaseSync(file);
    expect(
      database
        .prepare('select name from kysely_migration order by name')
        .all()
        .map(({ name }) => name),
    ).toEqual(Object.keys(migrations));
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
  });

  it('of a newer version is not touched', async () => {
    const file = join(await tempFolder(), 'pipewright.db');
    await (await openSqliteStore(file))[Symbol.asyncDispose]();
    const database = new DatabaseSync(file);
    database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-later', '');
    database.close();
    await expect(openSqliteStore(file)).rejects.toThrow(UnusableStoreError);
    await expect(openSqliteStore(file)).rejects.toThrow('newer version of Pipewright (9999-later)');
  });
});
