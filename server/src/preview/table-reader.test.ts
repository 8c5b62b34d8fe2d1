import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wholeTable } from '@pipewright/shared/http/table-view.ts';
import type { TableQuery } from './table-query.ts';
import { TableReader } from './table-reader.ts';

function reader(patience?: ConstructorParameters<typeof TableReader>[0]): TableReader {
  const tables = new TableReader(patience);
  onTestFinished(async () => await tables[Symbol.asyncDispose]());
  return tables;
}

const query = (sql: string, order: string | null = ''): Omit<TableQuery, 'id'> => ({
  readings: [{ sql, order, lines: null, remark: null }],
  version: '',
  sizeBytes: 0,
  ask: { kind: 'rows', view: wholeTable, offset: 0, limit: 10, hasProfile: true },
});
const quick = query('range(3)');
/** Minutes of work that DuckDB cannot shorten. */
const endless = query('(select sum(sin(a.range) * cos(b.range)) as x from range(1000000) a, range(1000000) b)');

/** Table processes that we have started. */
async function processes(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found: number[] = [];
  for (const pid of pids) {
    const [command, status] = await Promise.all(['cmdline', 'status'].map(async (file) => await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
    if (command?.includes('table-process.ts') && status?.includes(`PPid:\t${process.pid}\n`)) found.push(Number(pid));
  }
  return found;
}

describe.skipIf(process.platform !== 'linux')('the process that reads tables', () => {
  it('is one for many queries, and ends with its reader', async () => {
    const tables = reader();
    expect(await processes()).toEqual([]);
    const answers = await Promise.all(Array.from({ length: 20 }, async () => await tables.read(quick)));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['table']));
    expect(await processes()).toHaveLength(1);
    await tables[Symbol.asyncDispose]();
    expect(await processes()).toEqual([]);
  });

  it('ends when it is idle, and starts again', async () => {
    const tables = reader({ idleMs: 1, queryMs: 60_000, stopMs: 5000 });
    expect((await tables.read(quick)).kind).toBe('table');
    await expect.poll(processes, { timeout: 10_000 }).toEqual([]);
    expect((await tables.read(quick)).kind).toBe('table');
  });

  it('that dies leaves no question open, and the next query gets another', async () => {
    const tables = reader();
    await tables.read(quick);
    const [pid = 0] = await processes();
    const open = tables.read(endless);
    process.kill(pid, 'SIGKILL');
    expect(await open).toEqual({
      kind: 'unavailable',
      message: 'The table cannot be shown: the process that reads tables ended; it may have run out of memory.',
    });
    expect((await tables.read(quick)).kind).toBe('table');
  });

  it('gives up what takes too long, and goes on with the others', async () => {
    const tables = reader({ idleMs: 60_000, queryMs: 3000, stopMs: 5000 });
    expect(await tables.read(endless)).toEqual({ kind: 'unavailable', message: 'The table cannot be shown: reading it takes too long.' });
    expect((await tables.read(quick)).kind).toBe('table');
    expect(await processes()).toHaveLength(1);
  });

  it('stops what nobody waits for any more', async () => {
    const tables = reader({ idleMs: 1, queryMs: 60_000, stopMs: 5000 });
    const gone = new AbortController();
    const open = tables.read(endless, gone.signal);
    await tables.read(quick);
    gone.abort();
    expect(await open).toMatchObject({ kind: 'unavailable' });
    // It is idle only once nothing is worked on.
    await expect.poll(processes, { timeout: 10_000 }).toEqual([]);
  });

  it('goes on with what others wait for when one of them has gone', async () => {
    const tables = reader({ idleMs: 60_000, queryMs: 60_000, stopMs: 1000 });
    // Some seconds of work, once for both: one that is not let go at once takes the process with it before the end.
    const slow = query('(select sum(sin(a.range) * cos(b.range)) as x from range(20000) a, range(4000) b)', null);
    const gone = new AbortController();
    const [first, second] = [tables.read(slow, gone.signal), tables.read(slow)];
    await tables.read(quick);
    gone.abort();
    expect(await first).toMatchObject({ kind: 'unavailable' });
    expect(await second).toMatchObject({ kind: 'table', rowCount: 1 });
  });

  it('is ended where a query cannot be stopped', async () => {
    const tables = reader({ idleMs: 60_000, queryMs: 3000, stopMs: 1 });
    const open = tables.read(endless);
    const [pid = 0] = await processes();
    process.kill(pid, 'SIGSTOP');
    expect(await open).toMatchObject({ kind: 'unavailable' });
    await expect.poll(processes, { timeout: 10_000 }).toEqual([]);
    expect((await tables.read(quick)).kind).toBe('table');
  });
});
