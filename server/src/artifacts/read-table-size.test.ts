import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { readTableSize } from './read-table-size.ts';

async function parquet(path: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`copy (select i, {'a': i, 'b': 2} as nested, 'x' as word from range(1234) t(i)) to '${path}' (format parquet, compression zstd)`);
  connection.closeSync();
}

describe('readTableSize', () => {
  it('counts rows and columns, in a table folder or a file of any name', async () => {
    const folder = await tempFolder();
    await parquet(join(folder, 'data.parquet'));
    await parquet(join(folder, 'content'));
    expect(await readTableSize(folder)).toEqual({ rowCount: 1234, columnCount: 3 });
    expect(await readTableSize(join(folder, 'content'))).toEqual({ rowCount: 1234, columnCount: 3 });
  });

  it('says nothing of what it cannot read, and never fails the step', async () => {
    const folder = await tempFolder();
    expect(await readTableSize(folder)).toEqual({});
    expect(await readTableSize(join(folder, 'missing'))).toEqual({});
    await writeFile(join(folder, 'data.parquet'), 'PAR1');
    expect(await readTableSize(folder)).toEqual({});
    await writeFile(join(folder, 'data.csv'), 'a,b\n1,2\n');
    expect(await readTableSize(join(folder, 'data.csv'))).toEqual({});
    await mkdir(join(folder, 'sub', 'data.parquet'), { recursive: true });
    expect(await readTableSize(join(folder, 'sub'))).toEqual({});
  });
});
