import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { MeasuredServer } from '../measured-server.ts';
import { median } from './compare.ts';
import { pipewright, toPipeline } from './pipewright.ts';
import { chain, independent, layered, writeNothing } from './task-graph.ts';
import { writeSources } from './sources.ts';

export type Print = (work: string, measured: string, wanted: string) => void;

const PlanAnswer = z.object({ steps: z.array(z.object({ decision: z.string() })) });

/** The plan of a large graph that has run, and how long others wait meanwhile. */
export async function measurePlan(server: MeasuredServer, print: Print): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-plan-'));
  try {
    const graph = layered(10, 1000);
    await writeSources(folder, graph);
    const document = toPipeline(graph, folder, 2);
    const first = await planMs(server, document);
    const warm: number[] = [];
    for (let round = 0; round < 5; round += 1) warm.push(await planMs(server, document));
    print('plan of 10,000 steps that never ran', `${Math.round(first)} ms the first time, then ${Math.round(median(warm))} ms`, '≤ 1 s');
    const waits = await waitsDuring(server, async () => await planMs(server, document));
    const p99 = waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? Number.NaN;
    print('`/api/health` meanwhile', `p99 ${Math.round(p99)} ms of ${waits.length}`, 'p99 ≤ 50 ms');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function planMs(server: MeasuredServer, document: unknown): Promise<number> {
  const body = JSON.stringify({ document });
  const from = performance.now();
  const response = await fetch(`${server.url}/api/plan`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  const text = await response.text();
  const ms = performance.now() - from;
  const { steps } = PlanAnswer.parse(JSON.parse(text));
  if (steps.length !== 10_000) throw new Error(`The plan has ${steps.length} steps.`);
  return ms;
}

/** How long others wait for an answer while five plans are made one after the other. */
async function waitsDuring(server: MeasuredServer, work: () => Promise<unknown>): Promise<number[]> {
  const asking = spawn(process.execPath, [join(import.meta.dirname, 'ask-health.ts'), server.url], { stdio: ['pipe', 'pipe', 'inherit'] });
  let answer = '';
  asking.stdout.on('data', (data: Buffer) => (answer += data.toString()));
  for (let round = 0; round < 5; round += 1) await work();
  asking.stdin.end();
  await once(asking, 'close');
  return z.array(z.number()).parse(JSON.parse(answer));
}

/** From the request to the first instruction of the first step's command. */
export async function measureStart(server: MeasuredServer, { rounds, print }: { rounds: number; print: Print }): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-start-'));
  try {
    const file = join(folder, 'at');
    const document = toPipeline([{ name: 'first', after: [], command: (_, output) => `echo $EPOCHREALTIME > ${file}; : > ${output}` }], folder, 1);
    const waits: number[] = [];
    for (let round = 0; round < rounds + 3; round += 1) {
      const from = Date.now();
      await server.run({ document, force: true });
      waits.push(Number(await readFile(file, 'utf8')) * 1000 - from);
    }
    print('request to first process started, warm', `${median(waits.slice(3)).toFixed(1)} ms`, '≤ 30 ms');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same work in an empty data folder and in one with many runs in it, in turn. */
export async function measureHistory({ earlierRuns, rounds, print }: { earlierRuns: number; rounds: number; print: Print }): Promise<void> {
  const [empty, full] = [await MeasuredServer.start(), await MeasuredServer.start()];
  try {
    const filler = toPipeline(independent(20, writeNothing), '/', 2);
    for (let run = 0; run < earlierRuns; run += 1) await full.run({ document: filler, force: run % 10 === 0 });
    const [inEmpty, inFull] = [await pipewright(empty).layOut(chain(40, writeNothing), 2), await pipewright(full).layOut(chain(40, writeNothing), 2)];
    // Both know the graph and have run it before it counts.
    for (let round = 0; round < 5; round += 1) for (const project of [inEmpty, inFull]) await project.forget().then(async () => await project.run());
    const times: Record<'empty' | 'full', number[]> = { empty: [], full: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, project] of [
        ['empty', inEmpty],
        ['full', inFull],
      ] as const) {
        await project.forget();
        times[name].push((await project.run()).ms);
      }
    }
    const [before, after] = [median(times.empty), median(times.full)];
    const work = `40 steps in a chain after ${earlierRuns.toLocaleString('en')} runs of 20 steps`;
    print(work, `${Math.round(before)} ms in an empty folder, ${Math.round(after)} ms after them`, `**${(after / before).toFixed(2)} ×** (≤ 1.10)`);
  } finally {
    await empty[Symbol.asyncDispose]();
    await full[Symbol.asyncDispose]();
  }
}
