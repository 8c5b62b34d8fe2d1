import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NodeSqliteDialect } from './node-sqlite-dialect.ts';

interface Tables {
  notes: { id: number; text: string };
}

async function open(onFull?: (database: DatabaseSync) => void): Promise<{ db: Kysely<Tables>; database: DatabaseSync }> {
  const database = new DatabaseSync(':memory:');
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(database, () => onFull?.(database)) });
  onTestFinished(async () => await db.destroy());
  await sql`create table notes (id integer primary key, text text not null)`.execute(db);
  return { db, database };
}

describe('the dialect', () => {
  it('gives the connection to one transaction at a time, in order', async () => {
    const { db } = await open();
    const order: string[] = [];
    const write = async (id: number): Promise<void> =>
      await db.transaction().execute(async (transaction) => {
        order.push(`begin ${id}`);
        await transaction.insertInto('notes').values({ id, text: 'a' }).execute();
        await Promise.resolve();
        order.push(`end ${id}`);
      });
    await Promise.all([write(1), write(2), write(3)]);
    expect(order).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
  });

  it('keeps nothing of a transaction that failed', async () => {
    const { db } = await open();
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'a' }).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([]);
  });

  it('says that the disk is full, not what that led to, and goes on when there is room again', async () => {
    const { db, database } = await open();
    database.exec('pragma max_page_count = 4');
    const insert = async (id: number, text: string): Promise<void> =>
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('notes').values({ id, text }).execute();
      });
    await expect(insert(1, 'x'.repeat(100_000))).rejects.toMatchObject({ errcode: 13 });
    await insert(2, 'small');
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ id: 2, text: 'small' }]);
  });

  it('has room made when the disk is full: a write that stands alone is tried again, a transaction fails whole', async () => {
    let madeRoom = 0;
    const { db, database } = await open((full) => {
      madeRoom += 1;
      full.exec('pragma max_page_count = 1000');
    });
    const insert = (id: number) => db.insertInto('notes').values({ id, text: 'x'.repeat(100_000) });
    database.exec('pragma max_page_count = 4');
    await insert(1).execute();
    expect(madeRoom).toBe(1);
    database.exec('pragma max_page_count = 30');
    const both = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 2, text: 'a' }).execute();
      await transaction
        .insertInto('notes')
        .values({ id: 3, text: 'x'.repeat(100_000) })
        .execute();
    });
    await expect(both).rejects.toMatchObject({ errcode: 13 });
    expect(madeRoom).toBe(2);
    expect(await db.selectFrom('notes').select('id').execute()).toEqual([{ id: 1 }]);
  });
});
