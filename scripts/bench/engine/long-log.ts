import { setTimeout as delay } from 'node:timers/promises';
import { LogChunk } from '../../../shared/src/http/runs.ts';
import { MeasuredServer, residentMegabytes } from '../measured-server.ts';
import type { Print } from './one-server.ts';

const size = 1_000_000_000;
const mostAtOnce = 1_000_000;

/** What a step that writes a gigabyte to its log costs the server, which hands all of it out once while it is written. */
export async function measureLongLog(print: Print): Promise<void> {
  const server = await MeasuredServer.start();
  try {
    const write = (bytes: number): Record<string, unknown> => ({
      type: 'pipeline',
      jobs: { talk: { command: `yes "a line of some length that says nothing at all" | head -c ${bytes}` } },
    });
    // What the first log loads is not the log's.
    const first = await server.submit({ document: write(20_000_000) });
    await readAll(server, first, () => Promise.resolve());
    const before = await residentMegabytes(server.pid);
    let most = before;
    const from = performance.now();
    const run = await server.submit({ document: write(size) });
    const read = await readAll(server, run, async () => {
      most = Math.max(most, await residentMegabytes(server.pid));
    });
    const seconds = (performance.now() - from) / 1000;
    print(
      'a log of 1 GB, read while it is written',
      `${Math.round(most - before)} MB more in the server at most, ${Math.round(read / 1e6 / seconds)} MB/s`,
      'constant memory',
    );
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

/** Follows a log to its end, and answers how long it was. */
async function readAll(server: MeasuredServer, run: string, look: () => Promise<void>): Promise<number> {
  let offset = 0;
  for (;;) {
    const answer = await server.get(`/api/runs/${run}/steps/talk/logs?offset=${offset}&limit=${mostAtOnce}`).catch(() => null);
    const chunk = answer === null ? null : LogChunk.parse(answer);
    if (chunk?.isEnded && chunk.nextOffset === offset) return offset;
    if (!chunk || chunk.nextOffset === offset) await delay(50);
    offset = chunk?.nextOffset ?? offset;
    await look();
  }
}
