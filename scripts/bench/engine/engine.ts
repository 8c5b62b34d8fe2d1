import { parseArgs } from 'node:util';
import { runCommand } from '../../run-command.ts';
import { MeasuredServer } from '../measured-server.ts';
import { bareSpawn } from './bare-spawn.ts';
import { compare, type Comparison, type Figure } from './compare.ts';
import { measureHashing } from './hashing.ts';
import { measureLongLog } from './long-log.ts';
import { measureMemory } from './memory.ts';
import { measureHistory, measurePlan, measureStart } from './one-server.ts';
import { make } from './make.ts';
import { pipewright } from './pipewright.ts';
import { doit, installPythonTools, snakemake } from './python-tools.ts';
import { changeBelowFirstLine } from './sources.ts';
import { chain, doNothing, independent, layered, type TaskGraph } from './task-graph.ts';
import type { Tool } from './tool.ts';

// The engine beside other tools: the same graphs in turn on the same machine, medians. `npm run bench:engine` prints a
// table for docs/performance.md; `-- --quick` measures once and leaves out the largest graphs; names of parts choose them.

const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean', default: false } }, allowPositionals: true });
const rounds = values.quick ? 1 : 5;
const isWanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);

await installPythonTools();
const server = await MeasuredServer.start();
const ours = pipewright(server);
try {
  console.log('| work | measured | must reach |\n|---|---|---|');
  if (isWanted('chain')) await measureChains();
  if (isWanted('independent')) await measureIndependent();
  const thousand = isWanted('layered') ? await measureLayered(1000) : null;
  if (isWanted('layered-10000') && !values.quick) await measureLayered(10_000, thousand);
  if (isWanted('plan')) await measurePlan(server, print);
  if (isWanted('start')) await measureStart(server, { rounds: values.quick ? 5 : 25, print });
} finally {
  await server[Symbol.asyncDispose]();
}
if (isWanted('memory')) await measureMemory(print);
if (isWanted('log')) await measureLongLog(print);
if (isWanted('hashing')) await measureHashing(print, values.quick ? 1 : 3);
if (isWanted('history')) await measureHistory({ earlierRuns: values.quick ? 100 : 1000, rounds: values.quick ? 3 : 9, print });

async function measureChains(): Promise<void> {
  const fibonacci = `${await pythonPath()} -c 'f = lambda n: n if n < 2 else f(n - 1) + f(n - 2); print(f(10))'`;
  const python = await compare([make, doit, snakemake, ours], { graph: chain(40, (_, output) => `${fibonacci} > ${output}`), parallel: 1, rounds });
  print('40 Python steps (fib 10) in a chain', show(python), ratio(python, 'make', '≤ 1.4 × make'));
  const nothing = await compare([bareSpawn, make, doit, snakemake, ours], { graph: chain(40, doNothing), parallel: 1, rounds });
  print('40 × `true` in a chain', show(nothing), ratio(nothing, 'bare loop', '≤ 2.5 × the bare loop'));
}

async function measureIndependent(): Promise<void> {
  const thousand = await compare([bareSpawn, make, doit, ours], { graph: independent(1000, doNothing), parallel: 2, rounds });
  print('1,000 independent × `true`, 2 at once', show(thousand), ratio(thousand, 'bare loop', '≤ 2.5 × the bare loop'));
  if (values.quick) return;
  const many = await compare([bareSpawn, ours], { graph: independent(10_000, doNothing), parallel: 2, rounds: 1 });
  const perStep = (figures: readonly Figure[], count: number): number => msOf(figures, ours.name) / msOf(figures, bareSpawn.name) / count;
  const growth = perStep(many, 10_000) / perStep(thousand, 1000);
  print('10,000 independent × `true`, 2 at once', show(many), `per step, beside the bare loop, ${(growth * 10).toFixed(2)} × of that at 1,000 (no slower)`);
}

/** Answers how long doit took for a graph in which nothing changed. */
async function measureLayered(count: number, doitForThousand: number | null = null): Promise<number> {
  const size = count.toLocaleString('en');
  const graph = layered(10, count / 10);
  const tools = count > 1000 ? [doit, ours] : [make, doit, snakemake, ours];
  const unchanged = await comparedAfterRun(tools, { graph, between: async () => undefined });
  const toTenTimes = doitForThousand === null ? '' : `, **${(msOf(unchanged, ours.name) / doitForThousand / 10).toFixed(2)} ×** ten times doit's 1,000 (≤ 1)`;
  print(`${size} steps in 10 layers, nothing changed`, show(unchanged), `${ratio(unchanged, 'doit', count > 1000 ? '–' : '≤ 1 × doit')}${toTenTimes}`);
  const changed = await comparedAfterRun(tools, { graph, between: async ({ sources }) => await changeBelowFirstLine(sources) });
  print(`${size} steps, an input changed, its step's output the same`, show(changed), `1 step runs: ${changed.at(-1)?.executed}`);
  return msOf(unchanged, 'doit');
}

async function comparedAfterRun(tools: readonly Tool[], { graph, between }: { graph: TaskGraph; between: Comparison['between'] }): Promise<Figure[]> {
  return await compare(tools, { graph, parallel: 2, rounds, ...(between ? { between } : {}) });
}

/** The interpreter itself, for everybody: a version manager's shim would cost more than all else. */
async function pythonPath(): Promise<string> {
  const { output } = await runCommand('python3', ['-c', 'import sys; print(sys.executable)']);
  return output.trim();
}

function print(work: string, measured: string, wanted: string): void {
  console.log(`| ${work} | ${measured} | ${wanted} |`);
}

function show(figures: readonly Figure[]): string {
  return figures.map(({ tool, ms, executed }) => `${tool} ${seconds(ms)}${executed === null ? '' : ` (${executed})`}`).join(' · ');
}

function ratio(figures: readonly Figure[], to: string, wanted: string): string {
  return `**${(msOf(figures, ours.name) / msOf(figures, to)).toFixed(2)} ×** ${to} (${wanted})`;
}

function msOf(figures: readonly Figure[], name: string): number {
  return figures.find(({ tool }) => tool === name)?.ms ?? Number.NaN;
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
