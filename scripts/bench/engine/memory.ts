import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MeasuredServer, residentMegabytes } from '../measured-server.ts';
import type { Print } from './one-server.ts';
import { toPipeline } from './pipewright.ts';
import { chain, independent, writeNothing, type TaskGraph } from './task-graph.ts';

/** What live runs keep in memory: with many steps, and with a loop over many items. */
export async function measureMemory(print: Print): Promise<void> {
  const server = await MeasuredServer.start();
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-bench-memory-'));
  try {
    // What the first run of any size loads is not the run's.
    await server.run({ document: toPipeline(independent(1000, writeNothing), folder, 2) });
    const before = await restingMegabytes(server);
    await server.submit({ document: toPipeline(heldBack(10_000), folder, 1) });
    const perThousand = ((await restingMegabytes(server)) - before) / 10;
    print('memory of a live run', `${perThousand.toFixed(1)} MB per 1,000 steps (a run of 10,000)`, '≤ 10 MB');
  } finally {
    await server[Symbol.asyncDispose]();
  }
  const other = await MeasuredServer.start();
  try {
    await other.run({ document: toPipeline(chain(20, writeNothing), folder, 2) });
    const before = await restingMegabytes(other);
    await other.submit({ document: loopOver(Array.from({ length: 100_000 }, (_, index) => index)) });
    let most = 0;
    for (let second = 0; second < 30; second += 1) {
      most = Math.max(most, await residentMegabytes(other.pid));
      await delay(1000);
    }
    print('memory of a loop over 100,000 items, at most in its first 30 s', `${Math.round(most - before)} MB`, '≤ 150 MB');
  } finally {
    await other[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first step holds up all the others. */
function heldBack(count: number): TaskGraph {
  return chain(count, () => 'sleep 600');
}

function loopOver(items: readonly number[]): Record<string, unknown> {
  const each = { type: 'command', command: 'echo ${{inputs.item}} > ${{outputs.out}}', outputs: { out: { type: 'uri_file' } }, for_each: { items } };
  return { type: 'pipeline', jobs: { each } };
}

/** Once it has come down from what the request itself took. */
async function restingMegabytes(server: MeasuredServer): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 10; look += 1) {
    least = Math.min(least, await residentMegabytes(server.pid));
    await delay(500);
  }
  return least;
}
