import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { initialSteps } from '../engine/run-state.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { snapshotOf } from '../testing/snapshot-builder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { trackedFilesFolder } from './tracked-files.ts';
import { MetricNews } from '../scheduler/metric-news.ts';
import { createTrackingRouter } from './tracking-router.ts';

const id = 'a'.repeat(32);
const now = Date.UTC(2026, 0, 1);

interface Call {
  (path: string, body?: unknown, options?: { readonly method?: string; readonly token?: string }): Promise<{ status: number; body: unknown }>;
}

/** The router as it is served, on a store of its own with one attempt that runs. */
async function serve(): Promise<{ readonly call: Call; readonly store: Store; readonly runsFolder: string }> {
  const folder = await tempFolder();
  const store = await openSqliteStore(join(folder, 'pipewright.db'));
  const snapshot = snapshotOf({ train: {} });
  const { id: runId } = await store.runs.create({
    name: 'Try',
    pipelineName: 'Prices',
    experiment: 'prices',
    origin: { kind: 'draft', draft: 'd1', revision: 1 },
    by: 'Ada',
    queuedAt: new Date(now).toISOString(),
    snapshot,
    inputs: {},
    plan: { steps: [], problems: [] },
    steps: initialSteps(snapshot),
  });
  await store.tracking.start({ id, runId, step: 'train', attempt: 1, experiment: 'prices', startedAt: now });
  const runsFolder = join(folder, 'runs');
  const app = express();
  app.use(
    '/mlflow',
    createTrackingRouter({
      tracking: store.tracking,
      clock: { now: () => new Date(now) },
      news: new MetricNews(),
      filesFolder: (run) => trackedFilesFolder(runsFolder, run),
    }),
  );
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
  const call: Call = async (path, body, { method = body === undefined ? 'GET' : 'POST', token } = {}) => {
    const response = await fetch(`http://127.0.0.1:${address.port}/mlflow/api/2.0/mlflow/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return { call, store, runsFolder };
}

const run = (body: unknown) =>
  (
    body as {
      run: {
        info: Record<string, unknown>;
        data: { metrics: { key: string; value: unknown }[]; params: unknown[]; tags: { key: string; value: string }[] };
        outputs: unknown;
      };
    }
  ).run;

describe('logging', () => {
  it('keeps metrics, parameters and tags of a run, and gives them back', async () => {
    const { call } = await serve();
    expect(await call('runs/log-metric', { run_uuid: id, run_id: id, key: 'loss', value: 0.5, timestamp: '5', step: '1' })).toEqual({ status: 200, body: {} });
    await call('runs/log-metric', { run_id: id, key: 'loss', value: 0.25, timestamp: 6, step: 2 });
    await call('runs/log-parameter', { run_id: id, key: 'depth', value: '3' });
    await call('runs/set-tag', { run_id: id, key: 'note', value: 'x' });
    const { info, data } = run((await call(`runs/get?run_id=${id}`)).body);
    expect(info).toMatchObject({ run_id: id, run_name: 'train', experiment_id: 'prices', status: 'RUNNING', start_time: now, lifecycle_stage: 'active' });
    expect(data).toEqual({
      metrics: [{ key: 'loss', value: 0.25, timestamp: 6, step: 2 }],
      params: [{ key: 'depth', value: '3' }],
      tags: [
        { key: 'mlflow.runName', value: 'train' },
        { key: 'note', value: 'x' },
      ],
    });
    expect((await call(`metrics/get-history?run_id=${id}&metric_key=loss`)).body).toEqual({
      metrics: [
        { key: 'loss', value: 0.5, timestamp: 5, step: 1 },
        { key: 'loss', value: 0.25, timestamp: 6, step: 2 },
      ],
    });
  });

  it('takes a batch of metrics alone, with no more than names and values', async () => {
    const { call, store } = await serve();
    expect((await call('runs/log-batch', { run_id: id, metrics: [{ key: 'r2', value: 0.9 }] })).status).toBe(200);
    expect(await store.tracking.lastMetrics(id)).toEqual([{ name: 'r2', value: 0.9, at: now, step: 0 }]);
  });

  it('carries values that JSON cannot', async () => {
    const { call } = await serve();
    const metrics = ['NaN', 'Infinity', '-Infinity'].map((value, step) => ({ key: 'x', value, timestamp: 1, step }));
    await call('runs/log-batch', { run_id: id, metrics });
    const { body } = await call(`metrics/get-history?run_id=${id}&metric_key=x`);
    expect(body).toMatchObject({ metrics: [{ value: 'NaN' }, { value: 'Infinity' }, { value: '-Infinity' }] });
  });

  it('keeps what a client says of its run, its end and its models', async () => {
    const { call, store } = await serve();
    await call('runs/update', { run_id: id, status: 'FINISHED', end_time: now + 5, run_name: 'Ridge' });
    await call('runs/log-model', { run_id: id, model_json: '{"artifact_path":"model"}' });
    await call('runs/log-model', { run_id: id, model_json: '{"artifact_path":"other"}' });
    expect((await call('runs/log-inputs', { run_id: id, datasets: [] })).status).toBe(200);
    const { info, data } = run((await call(`runs/get?run_id=${id}`)).body);
    expect(info).toMatchObject({ status: 'FINISHED', end_time: now + 5, run_name: 'Ridge' });
    expect(data.tags).toContainEqual({ key: 'mlflow.log-model.history', value: '[{"artifact_path":"model"},{"artifact_path":"other"}]' });
    expect(await store.tracking.get(id)).toMatchObject({ status: 'FINISHED' });
  });

  it.each([
    ['an unknown run', 'runs/log-metric', { run_id: 'nobody', key: 'a', value: 1 }, 404, 'RESOURCE_DOES_NOT_EXIST', /Run 'nobody' not found/],
    ['a metric without a value', 'runs/log-metric', { run_id: id, key: 'a' }, 400, 'INVALID_PARAMETER_VALUE', /value/],
    ['a body that is no JSON', 'runs/log-batch', '{broken', 400, 'BAD_REQUEST', /JSON/],
    ['what is not offered', 'traces', {}, 404, 'ENDPOINT_NOT_FOUND', /does not offer/],
  ])('refuses %s in words', async (_what, path, body, status, code, message) => {
    const { call } = await serve();
    expect(await call(path, body)).toEqual({ status, body: { error_code: code, message: expect.stringMatching(message) } });
  });
});

describe('runs that a step makes itself', () => {
  it('belong to the attempt that calls, or to the run they name, and leave its own metrics alone', async () => {
    const { call, store } = await serve();
    const created = run(
      (await call('runs/create', { experiment_id: 'prices', run_name: 'fold 1', start_time: now, tags: [{ key: 'mlflow.parentRunId', value: id }] })).body,
    );
    expect(created.info).toMatchObject({ run_name: 'fold 1', experiment_id: 'prices', status: 'RUNNING' });
    const childId = String(created.info['run_id']);
    await call('runs/log-metric', { run_id: childId, key: 'r2', value: 0.1 });
    await call('runs/log-metric', { run_id: id, key: 'r2', value: 0.9 });
    const second = run((await call('runs/create', { tags: [] }, { token: id })).body);
    expect(second.data.tags).toContainEqual({ key: 'mlflow.parentRunId', value: id });
    const tracked = await store.tracking.get(childId);
    expect(tracked).toMatchObject({ step: 'train', attempt: 1, parent: id });
    if (tracked) expect(await store.tracking.ofStep(tracked.runId, 'train')).toMatchObject({ metrics: [{ name: 'r2', last: 0.9 }] });
  });

  it('are not made for a client that is in no step', async () => {
    const { call } = await serve();
    expect(await call('runs/create', { experiment_id: 'prices' }, { token: 'f'.repeat(32) })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('MLFLOW_RUN_ID') },
    });
  });

  it('are found by a search, page by page', async () => {
    const { call } = await serve();
    for (const name of ['b', 'a', 'c']) await call('runs/create', { run_name: name, start_time: now + 1 }, { token: id });
    const search = async (more: Record<string, unknown>) =>
      (await call('runs/search', { experiment_ids: ['prices'], order_by: ['attributes.run_name ASC'], ...more })).body as {
        runs: { info: { run_name: string } }[];
        next_page_token?: string;
      };
    const first = await search({ max_results: 3 });
    expect(first.runs.map(({ info }) => info.run_name)).toEqual(['a', 'b', 'c']);
    const second = await search({ max_results: 3, page_token: first.next_page_token });
    expect(second).toMatchObject({ runs: [{ info: { run_name: 'train' } }] });
    expect(second.next_page_token).toBeUndefined();
    expect((await search({ filter: `tags.mlflow.parentRunId = '${id}' and run_name != 'b'` })).runs).toHaveLength(2);
    expect((await search({ experiment_ids: ['other'] })).runs).toEqual([]);
    expect((await search({ run_view_type: 'DELETED_ONLY' })).runs).toEqual([]);
    expect(await call('runs/search', { filter: 'nonsense' })).toMatchObject({ status: 400 });
  });
});

describe('experiments', () => {
  it('are names; within a step every name is the one of its run', async () => {
    const { call } = await serve();
    expect((await call('experiments/get-by-name?experiment_name=mine')).body).toMatchObject({
      experiment: { experiment_id: 'mine', name: 'mine', lifecycle_stage: 'active' },
    });
    expect((await call('experiments/get-by-name?experiment_name=mine', undefined, { token: id })).body).toMatchObject({
      experiment: { experiment_id: 'prices', name: 'mine' },
    });
    expect((await call('experiments/get?experiment_id=prices')).body).toMatchObject({ experiment: { name: 'prices' } });
    expect((await call('experiments/create', { name: 'new' })).body).toEqual({ experiment_id: 'new' });
    expect((await call('experiments/search', { max_results: 10 })).body).toMatchObject({ experiments: [{ name: 'prices' }] });
  });
});

describe('files', () => {
  it('of a run are listed where its client wrote them, and nothing outside', async () => {
    const { call, runsFolder } = await serve();
    const root = fileURLToPath(String(run((await call(`runs/get?run_id=${id}`)).body).info['artifact_uri']));
    expect(root.startsWith(join(runsFolder, '1', 'train', '1'))).toBe(true);
    expect((await call(`artifacts/list?run_id=${id}`)).body).toMatchObject({ files: [] });
    await mkdir(join(root, 'notes'), { recursive: true });
    await writeFile(join(root, 'notes/a.txt'), '123');
    expect((await call(`artifacts/list?run_id=${id}`)).body).toMatchObject({ files: [{ path: 'notes', is_dir: true }] });
    expect((await call(`artifacts/list?run_id=${id}&path=notes`)).body).toMatchObject({ files: [{ path: 'notes/a.txt', is_dir: false, file_size: 3 }] });
    expect((await call(`artifacts/list?run_id=${id}&path=../..`)).status).toBe(400);
  });

  it('of a model that MLflow 3 logs have a folder of their own; the model is finished, described and found', async () => {
    const { call } = await serve();
    const created = (await call('logged-models', { experiment_id: 'prices', name: 'ridge', source_run_id: id, params: [{ key: 'alpha', value: '1' }] }))
      .body as { model: { info: Record<string, string> } };
    const { model_id: modelId = '', artifact_uri: uri = '' } = created.model.info;
    expect(created.model.info).toMatchObject({ status: 'LOGGED_MODEL_PENDING', source_run_id: id, name: 'ridge' });
    await writeFile(join(fileURLToPath(uri), 'MLmodel'), '');
    await call(`logged-models/${modelId}`, { status: 'LOGGED_MODEL_READY' }, { method: 'PATCH' });
    await call(`logged-models/${modelId}/params`, { params: [{ key: 'depth', value: '2' }] });
    await call(`logged-models/${modelId}/tags`, { tags: [{ key: 'note', value: 'x' }] }, { method: 'PATCH' });
    const { body } = await call(`logged-models/${modelId}`);
    expect(body).toMatchObject({
      model: {
        info: { status: 'LOGGED_MODEL_READY', tags: [{ key: 'note', value: 'x' }] },
        data: {
          params: [
            { key: 'alpha', value: '1' },
            { key: 'depth', value: '2' },
          ],
        },
      },
    });
    expect(run((await call(`runs/get?run_id=${id}`)).body).outputs).toEqual({ model_outputs: [] });
    await call('runs/outputs', { run_id: id, models: [{ model_id: modelId, step: 3 }] });
    expect(run((await call(`runs/get?run_id=${id}`)).body).outputs).toEqual({ model_outputs: [{ model_id: modelId, step: 3 }] });
    expect((await call('logged-models/search', { experiment_ids: ['prices'] })).body).toEqual({ models: [(body as { model: unknown }).model] });
    expect((await call('logged-models/m-0')).status).toBe(404);
    expect((await call(`logged-models/m-${id}00000000`)).status).toBe(404);
  });
});
