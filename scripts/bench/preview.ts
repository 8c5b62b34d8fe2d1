import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PreviewAnswer } from '../../shared/src/http/preview.ts';
import { root } from '../run-command.ts';
import { MeasuredServer } from './measured-server.ts';

// Prints how long a look at a table of a million rows takes, by HTTP as the page asks, beside DuckDB that answers the same in
// a process without ours around it. `npm run bench:preview`.

interface Connection {
  readonly run: (sql: string) => Promise<{ readonly getRowsJson: () => Promise<unknown[][]> }>;
}
interface DuckDb {
  readonly DuckDBInstance: { readonly create: (path: string, options: Record<string, string>) => Promise<{ readonly connect: () => Promise<Connection> }> };
}

const count = 1_000_000;
const rounds = 5;
const columns = `i as id, hash(i) / 1.8e19 as share, (hash(i + 1) % 100000) / 100 as price, (hash(i + 2) % 90)::integer as age, 'word ' || hash(i + 3) % 40 as word,
  md5(i::varchar) as code, case when i % 10 > 0 then sqrt(i) end as root, i % 3 = 0 as flag, timestamp '2024-01-01' + to_seconds(i) as at, 'kind ' || i % 7 as kind`;

const { DuckDBInstance } = createRequire(join(root, 'server', 'package.json'))('@duckdb/node-api') as DuckDb;
const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-table-'));
const file = join(folder, 'data.parquet');
const alone = await (await DuckDBInstance.create(':memory:', { memory_limit: '512MB', threads: '2' })).connect();
await alone.run(`copy (select ${columns} from range(${count}) t(i)) to '${file}'`);

const server = await MeasuredServer.start();
try {
  // Each run has a copy that nobody has looked at yet, of other bytes: what is kept of another table is of no use to it.
  const outputOf = async (round: number, format: 'parquet' | 'csv'): Promise<string> => {
    const copy = join(folder, `copy-${round}.${format}`);
    await alone.run(`copy (select *, ${round} as round from '${file}') to '${copy}'`);
    const job = { command: `cp ${copy} \${{outputs.out}}/data.${format}`, outputs: { out: { type: 'mltable' } } };
    const { run } = await server.run({ document: { type: 'pipeline', jobs: { make: job } } });
    return `/api/runs/${run.id}/steps/make/outputs/out`;
  };
  const outputs: string[] = [];
  for (let round = 0; round < rounds; round += 1) outputs.push(await outputOf(round, 'parquet'));
  const texts = [await outputOf(0, 'csv'), await outputOf(1, 'csv'), await outputOf(2, 'csv')];
  const ask = async (path: string, query: Record<string, string>): Promise<number> => {
    const from = performance.now();
    const answer = PreviewAnswer.parse(await server.get(`${path}?${new URLSearchParams(query).toString()}`));
    if (answer.kind === 'unavailable') throw new Error(answer.message);
    return performance.now() - from;
  };
  const sql = async (text: string): Promise<number> => {
    const from = performance.now();
    await (await alone.run(text)).getRowsJson();
    return performance.now() - from;
  };
  const open = { view: 'preview', profile: 'later' };
  const sorted = JSON.stringify({ sort: { column: 'price', isDescending: true }, filters: [] });
  const found = JSON.stringify({ filters: [{ op: 'is', column: 'word', values: ['word 7'] }], search: 'kind 3' });
  const scatter = JSON.stringify({ type: 'scatter', x: 'root', y: 'price' });
  // In the order of a person: a look, the statistics, other rows, a chart. The first table starts the process as well.
  const measured = { first: [], open: [], profile: [], last: [], sorted: [], found: [], chart: [], text: [], textProfile: [] } as Record<string, number[]>;
  for (const [round, output] of outputs.entries()) {
    measured[round === 0 ? 'first' : 'open']?.push(await ask(output, open));
    measured['profile']?.push(await ask(output, { view: 'profile' }));
    measured['last']?.push(await ask(output, { ...open, offset: String(count - 100) }));
    measured['sorted']?.push(await ask(output, { ...open, table: sorted, offset: '500000' }));
    measured['found']?.push(await ask(output, { ...open, table: found }));
    measured['chart']?.push(await ask(output, { view: 'chart', chart: scatter }));
  }
  for (const output of texts) {
    measured['text']?.push(await ask(output, open));
    measured['textProfile']?.push(await ask(output, { view: 'profile' }));
  }
  const text = join(folder, 'copy-0.csv');
  const beside: Record<string, number> = {
    open: (await sql(`select count(*) from '${file}'`)) + (await sql(`select * from '${file}' limit 100`)),
    profile: await sql(`summarize select * from '${file}'`),
    last: await sql(`select * from '${file}' limit 100 offset ${count - 100}`),
    sorted: await sql(`select * from '${file}' order by price desc limit 100 offset 500000`),
    found: await sql(`select count(*) from '${file}' where word = 'word 7' and contains(kind, 'kind 3')`),
    chart: await sql(`select root, price from '${file}' where root is not null using sample reservoir(2000 rows)`),
    text: await sql(`select count(*) from '${text}'`),
    textProfile: await sql(`summarize select * from '${text}'`),
  };
  const lines: readonly (readonly [name: string, key: string, wanted: string])[] = [
    ['a table of 1,000,000 rows, the first look, its process started', 'first', ''],
    ['a look at another', 'open', '≤ 500 ms'],
    ['what its 11 columns hold', 'profile', '≤ 2 s'],
    ['its last rows', 'last', ''],
    ['rows from the middle, sorted by a column', 'sorted', ''],
    ['rows found by a value and a search in all columns', 'found', ''],
    ['a chart of points with its trend', 'chart', ''],
    ['a look at the same as CSV', 'text', '≤ 500 ms'],
    ['what the columns of the CSV hold', 'textProfile', ''],
  ];
  for (const [name, key, wanted] of lines) {
    const ours = median(measured[key] ?? []);
    const theirs = beside[key];
    const ratio = theirs === undefined ? '' : `DuckDB alone ${Math.round(theirs)} ms, ${(ours / theirs).toFixed(1)} ×`;
    console.log(`${name.padEnd(64)}  ${`${Math.round(ours)} ms`.padStart(8)}  ${wanted.padEnd(9)} ${ratio}`);
  }
} finally {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
