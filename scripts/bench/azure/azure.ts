import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../run-command.ts';
import { median } from '../engine/compare.ts';
import { MeasuredServer } from '../measured-server.ts';
import { writeAzureFiles } from './azure-files.ts';
import { measureMemory, measureProcess } from './measure-process.ts';
import { metricsByBatch } from './metrics-by-batch.ts';
import { measureSweep } from './trivial-sweep.ts';

// Azure ML files and the command line: start-up, reading, sweeps, tracking. `npm run bench:azure` prints a table for
// docs/performance.md; `-- --quick` measures less often; names of parts (`start`, `files`, `large`,
// `sweep`, `metrics`) choose them.

const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean', default: false } }, allowPositionals: true });
const rounds = values.quick ? 3 : 9;
const isWanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);
const pipewright = join(root, 'server', 'bin', 'pipewright');
const cached = { NODE_COMPILE_CACHE: join(root, '.cache', 'compile') };

console.log(
  `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}, medians of ${rounds}\n`,
);
console.log('| work | measured | must reach |\n|---|---|---|');
if (isWanted('start')) await measureStart();
if (isWanted('files')) await measureFiles();
if (isWanted('large')) await measureLarge();
if (isWanted('sweep')) await measureTrials();
if (isWanted('metrics')) await measureMetrics();

async function measureStart(): Promise<void> {
  for (const flag of ['--version', '--help']) {
    const { ours, bare } = await inTurn(
      async () => await measureProcess(pipewright, [flag]),
      async () => await measureProcess(process.execPath, ['-e', '0']),
    );
    print(`\`pipewright ${flag}\``, `${milliseconds(ours)}, \`node -e 0\` ${milliseconds(bare)}`, '≤ 150 ms');
  }
}

/** Into a data folder that is there already: the round that does not count has made it. */
async function measureFiles(): Promise<void> {
  const { folder, file } = await writeAzureFiles({ steps: 100, components: 30 });
  const home = await mkdtemp(join(tmpdir(), 'pipewright-bench-home-'));
  try {
    for (const command of ['validate', 'import']) {
      const { ours, bare } = await inTurn(
        async () => await measureProcess(pipewright, [command, file, '--home', home]),
        async () => await measureProcess(process.execPath, ['-e', '0']),
      );
      print(`\`${command}\` of 100 steps and 30 component files, start-up included`, `${milliseconds(ours)}, \`node -e 0\` ${milliseconds(bare)}`, '≤ 300 ms');
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  }
}

async function measureLarge(): Promise<void> {
  const { folder, file } = await writeAzureFiles({ steps: 5000, components: 30 });
  const home = await mkdtemp(join(tmpdir(), 'pipewright-bench-home-'));
  try {
    const { ours, bare } = await inTurn(
      async () => await measureProcess(pipewright, ['validate', file, '--home', home]),
      async () => await measureProcess(process.execPath, [join(import.meta.dirname, 'parse-bare.ts'), file], cached),
    );
    const megabytes = await measureMemory(pipewright, ['validate', file, '--home', home]);
    const measured = `${milliseconds(ours)}, the \`yaml\` library alone ${milliseconds(bare)}`;
    print('`validate` of 5,000 steps', measured, `**${(ours / bare).toFixed(2)} ×** (≤ 2.5 ×)`);
    print('the same, memory at most', `${Math.round(megabytes)} MB`, '≤ 500 MB');
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  }
}

async function measureTrials(): Promise<void> {
  const server = await MeasuredServer.start();
  try {
    await measureSweep(server, 10);
    const figures = [];
    for (let round = 0; round < (values.quick ? 1 : 5); round += 1) figures.push(await measureSweep(server, 100));
    const added = median(figures.map(({ oursMs, bareMs }) => (oursMs - bareMs) / 100));
    const bare = median(figures.map(({ bareMs }) => bareMs / 100));
    const measured = `${(added + bare).toFixed(1)} ms, its bare process ${bare.toFixed(1)} ms`;
    print('a trial of nothing in a sweep of 100, 2 at a time', measured, `**${added.toFixed(1)} ms** of ours (≤ 30 ms)`);
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

async function measureMetrics(): Promise<void> {
  const server = await MeasuredServer.start();
  const metrics = await metricsByBatch(server);
  try {
    const { ours, bare } = await inTurn(metrics.ours, metrics.bare);
    print('10,000 metrics in ten batches by the tracking API', `${milliseconds(ours)}, a handler that only parses them ${milliseconds(bare)}`, '≤ 2 s');
  } finally {
    metrics.close();
    await server[Symbol.asyncDispose]();
  }
}

/** Both, round after round, so that a busy moment falls on both; the first round counts for neither. */
async function inTurn(ours: () => Promise<number>, bare: () => Promise<number>): Promise<{ readonly ours: number; readonly bare: number }> {
  await ours();
  await bare();
  const times: { readonly ours: number; readonly bare: number }[] = [];
  for (let round = 0; round < rounds; round += 1) times.push({ ours: await ours(), bare: await bare() });
  return { ours: median(times.map((each) => each.ours)), bare: median(times.map((each) => each.bare)) };
}

function print(work: string, measured: string, wanted: string): void {
  console.log(`| ${work} | ${measured} | ${wanted} |`);
}

function milliseconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
