import { createServer } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import { onTestFinished } from 'vitest';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { MetricNews } from '../scheduler/metric-news.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { initialSteps } from '../engine/run-state.ts';
import { createTrackingRouter } from '../tracking/tracking-router.ts';
import { snapshotOf } from './snapshot-builder.ts';
import { tempFolder } from './temp-folder.ts';

/** Milliseconds that the clock of the router stands at. */
export const trackingNow = 1_700_000_000_000;
/** The run of the attempt of a step `train`, in the experiment `prices`. */
export const stepRun = '0123456789abcdef0123456789abcdef';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type TrackingCaller = (path: string, body?: unknown, how?: { readonly method?: string; readonly token?: string }) => Promise<Answer>;

/** The tracking router on a store of its own, with one step that runs. */
export async function trackingServer() {
  const folder = await tempFolder();
  const store = await openSqliteStore(join(folder, 'store.db'));
  const snapshot = snapshotOf({ train: {} });
  const said = { name: 'n', pipelineName: 'p', experiment: 'prices', origin: { kind: 'document' as const }, by: 'Ada', queuedAt: '2026-01-01T00:00:00.000Z' };
  const { id: runId } = await store.runs.create({ ...said, snapshot, inputs: {}, plan: { steps: [], problems: [] }, steps: initialSteps(snapshot) });
  const experimentId = (await store.experiments.named('prices'))?.id ?? '';
  await store.tracking.start({ id: stepRun, experimentId, of: { runId, step: 'train', attempt: 1 }, startedAt: trackingNow });
  const artifacts = createArtifactStore(join(folder, 'objects'), () => trackingNow);
  const [runsFolder, trackingFolder] = [join(folder, 'runs'), join(folder, 'tracking')];
  const app = express();
  app.set('query parser', 'simple');
  const clock = { now: () => new Date(trackingNow) };
  app.use('/mlflow', createTrackingRouter({ store, artifacts, clock, news: new MetricNews(), runsFolder, trackingFolder }));
  const http = createServer(app);
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  http.listen(0, '127.0.0.1', resolve);
  await listening;
  onTestFinished(async () => {
    http.closeAllConnections();
    http.close();
    await store[Symbol.asyncDispose]();
  });
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('expected an address');
  const url = `http://127.0.0.1:${address.port}/mlflow`;
  const call: TrackingCaller = async (path, body, { method = body === undefined ? 'GET' : 'POST', token } = {}) => {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return { call, url, store, artifacts, folder, runsFolder, experimentId };
}
