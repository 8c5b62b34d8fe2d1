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

  it('gets the outputs of steps that completed before they were listed by type', async () => {
    const file = join(await tempFolder(), 'pipewright.db');
    await (await openSqliteStore(file))[Symbol.asyncDispose]();
    const database = new DatabaseSync(file);
    const artifact = { hash: '0'.repeat(64), type: 'mltable', isFolder: true, sizeBytes: 1, fileCount: 1 };
    const row = { key: 'a', status: 'completed', endedAt: '2026-01-01T00:00:00.000Z', outputs: { table: artifact } };
    database.exec(`drop table outputs; drop table output_names; delete from kysely_migration where name > '0001-initial';
      drop index tracked_runs_by_experiment; alter table tracked_runs drop column parent; alter table tracked_runs drop column name;
      insert into runs values (1, 'n', 'p', 'e', 'completed', '{}', 'l', null, 'Ada', '', '', '{}', null, 0, '{}', '{}', '{}')`);
    database.prepare('insert into run_steps values (1, ?, 0, ?, ?)').run('a', 'completed', JSON.stringify(row));
    database.close();
    const store = await openSqliteStore(file);
    const found = { run: '1', pipelineName: 'p', step: 'a', port: 'table', artifact, createdAt: row.endedAt, name: null, version: null };
    expect((await store.outputs.ofTypes(['mltable'], { limit: 5 })).items).toEqual([found]);
    await store[Symbol.asyncDispose]();
  });
});
