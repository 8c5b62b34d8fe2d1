import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { MeasuredServer } from '../measured-server.ts';

const Created = z.looseObject({ run: z.looseObject({ info: z.looseObject({ run_id: z.string() }) }) });

const batches = 10;
const perBatch = 1000;

/** Ten thousand metrics of five names in ten batches, the most that MLflow takes at once. */
const bodies = (run: string): unknown[] =>
  Array.from({ length: batches }, (_, batch) => {
    const metrics = Array.from({ length: perBatch }, (_, index) => ({
      key: `metric ${index % 5}`,
      value: Math.sin(index),
      timestamp: 1_700_000_000_000 + index,
      step: batch * perBatch + index,
    }));
    return { run_id: run, metrics };
  });

/** How long ours takes to keep them for a new run, and a bare handler beside it that parses the same bytes and forgets them. */
export async function metricsByBatch(server: MeasuredServer) {
  const bare = await bareHandler();
  return {
    ours: async (): Promise<number> => {
      const { run } = Created.parse(await server.post('/mlflow/api/2.0/mlflow/runs/create', {}));
      return await postAll(`${server.url}/mlflow/api/2.0/mlflow/runs/log-batch`, bodies(run.info.run_id));
    },
    bare: async (): Promise<number> => await postAll(bare.url, bodies('0')),
    close: bare.close,
  };
}

async function postAll(url: string, all: readonly unknown[]): Promise<number> {
  const from = performance.now();
  for (const body of all) {
    const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    await response.text();
  }
  return performance.now() - from;
}

/** What the way to a server costs: the body is taken apart, and nothing is done with it. */
async function bareHandler(): Promise<{ readonly url: string; readonly close: () => void }> {
  const http = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(typeof body === 'object' ? {} : null));
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('expected an address');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => void http.close() };
}
