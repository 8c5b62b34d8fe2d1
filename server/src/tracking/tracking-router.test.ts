import { describe, expect, it, vi } from 'vitest';
import { call as callApi } from '../testing/api.ts';
import { testServer } from '../testing/test-server.ts';
import { stepRun as id, trackingNow as now, trackingServer } from '../testing/tracking-server.ts';

const run = (body: unknown) =>
  (
    body as {
      run: {
        info: Record<string, unknown>;
        data: { metrics: { key: string; value: unknown }[]; params: unknown[]; tags: { key: string; value: string }[] };
        inputs: unknown;
        outputs: unknown;
      };
    }
  ).run;

describe('logging', () => {
  it('keeps metrics, parameters and tags of a run, and gives them back', async () => {
    const { call, experimentId } = await trackingServer();
    expect(await call('runs/log-metric', { run_uuid: id, run_id: id, key: 'loss', value: 0.5, timestamp: '5', step: '1' })).toEqual({ status: 200, body: {} });
    await call('runs/log-metric', { run_id: id, key: 'loss', value: 0.25, timestamp: 6, step: 2 });
    await call('runs/log-parameter', { run_id: id, key: 'depth', value: '3' });
    await call('runs/set-tag', { run_id: id, key: 'mlflow.note.content', value: 'x' });
    const { info, data } = run((await call(`runs/get?run_id=${id}`)).body);
    expect(info).toMatchObject({ run_id: id, run_name: 'train', experiment_id: experimentId, status: 'RUNNING', start_time: now, lifecycle_stage: 'active' });
    expect(data).toEqual({
      metrics: [{ key: 'loss', value: 0.25, timestamp: 6, step: 2 }],
      params: [{ key: 'depth', value: '3' }],
      tags: [
        { key: 'mlflow.runName', value: 'train' },
        { key: 'pipewright.run', value: '1' },
        { key: 'pipewright.step', value: 'train' },
        { key: 'mlflow.note.content', value: 'x' },
      ],
    });
    expect(await call('runs/delete-tag', { run_id: id, key: 'mlflow.note.content' })).toEqual({ status: 200, body: {} });
    expect(await call('runs/delete-tag', { run_id: id, key: 'mlflow.note.content' })).toMatchObject({ status: 404 });
  });

  it('takes a batch of metrics alone, with no more than names and values', async () => {
    const { call, store } = await trackingServer();
    expect((await call('runs/log-batch', { run_id: id, metrics: [{ key: 'r2', value: 0.9 }] })).status).toBe(200);
    expect((await store.tracking.facts([id])).get(id)?.metrics).toEqual([{ name: 'r2', value: 0.9, at: now, step: 0 }]);
  });

  it('carries values that JSON cannot', async () => {
    const { call } = await trackingServer();
    const metrics = ['NaN', 'Infinity', '-Infinity'].map((value, step) => ({ key: 'x', value, timestamp: 1, step }));
    await call('runs/log-batch', { run_id: id, metrics });
    const { body } = await call(`metrics/get-history?run_id=${id}&metric_key=x`);
    expect(body).toMatchObject({ metrics: [{ value: 'NaN' }, { value: 'Infinity' }, { value: '-Infinity' }] });
  });

  it('keeps what a client says of its run, its end, its data and its models', async () => {
    const { call, store } = await trackingServer();
    await call('runs/update', { run_id: id, status: 'FINISHED', end_time: now + 5, run_name: 'Ridge' });
    await call('runs/log-model', { run_id: id, model_json: '{"artifact_path":"model"}' });
    await call('runs/log-model', { run_id: id, model_json: '{"artifact_path":"other"}' });
    const input = { tags: [{ key: 'mlflow.data.context', value: 'training' }], dataset: { name: 'iris', digest: 'd1', source_type: 'local', source: '{}' } };
    expect((await call('runs/log-inputs', { run_id: id, datasets: [input], models: [{ model_id: 'm-1' }] })).status).toBe(200);
    await call('runs/log-inputs', { run_id: id, datasets: [input] });
    const { info, data, inputs } = run((await call(`runs/get?run_id=${id}`)).body);
    expect(info).toMatchObject({ status: 'FINISHED', end_time: now + 5, run_name: 'Ridge' });
    expect(data.tags).toContainEqual({ key: 'mlflow.log-model.history', value: '[{"artifact_path":"model"},{"artifact_path":"other"}]' });
    expect(inputs).toEqual({ dataset_inputs: [input], model_inputs: [{ model_id: 'm-1' }] });
    expect(await store.tracking.get(id)).toMatchObject({ status: 'FINISHED', name: 'Ridge' });
    await call('runs/set-tag', { run_id: id, key: 'mlflow.runName', value: 'Lasso' });
    expect(await store.tracking.get(id)).toMatchObject({ name: 'Lasso' });
  });

  it('keeps a parameter as it was given first, the same value again being no change', async () => {
    const { call } = await trackingServer();
    await call('runs/log-parameter', { run_id: id, key: 'depth', value: '3' });
    expect((await call('runs/log-batch', { run_id: id, params: [{ key: 'depth', value: '3' }] })).status).toBe(200);
    expect(await call('runs/log-batch', { run_id: id, params: [{ key: 'depth', value: '4' }], metrics: [{ key: 'r2', value: 1 }] })).toEqual({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringMatching(/^Changing param values is not allowed.*'3'.*'4'/) },
    });
    expect(run((await call(`runs/get?run_id=${id}`)).body).data.metrics).toEqual([]);
  });

  const many = (count: number, more: Record<string, unknown> = {}) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: '1', ...more }));
  it.each([
    ['an unknown run', 'runs/log-metric', { run_id: 'nobody', key: 'a', value: 1 }, 404, 'RESOURCE_DOES_NOT_EXIST', /Run with id=nobody not found/],
    ['a metric without a value', 'runs/log-metric', { run_id: id, key: 'a' }, 400, 'INVALID_PARAMETER_VALUE', /value/],
    ['a metric that is no number', 'runs/log-metric', { run_id: id, key: 'a', value: 'high' }, 400, 'INVALID_PARAMETER_VALUE', /a metric is a number/],
    ['a name that is no path', 'runs/log-metric', { run_id: id, key: '../a', value: 1 }, 400, 'INVALID_PARAMETER_VALUE', /no path of a file/],
    ['a name with other characters', 'runs/set-tag', { run_id: id, key: 'a\nb', value: 'x' }, 400, 'INVALID_PARAMETER_VALUE', /alphanumerics/],
    ['a name that is too long', 'runs/set-tag', { run_id: id, key: 'a'.repeat(251), value: 'x' }, 400, 'INVALID_PARAMETER_VALUE', /250/],
    ['a batch of too many metrics', 'runs/log-batch', { run_id: id, metrics: many(1001) }, 400, 'INVALID_PARAMETER_VALUE', /at most 1000 metrics/],
    ['a batch of too many params', 'runs/log-batch', { run_id: id, params: many(101) }, 400, 'INVALID_PARAMETER_VALUE', /at most 100 params/],
    ['a batch of too much', 'runs/log-batch', { run_id: id, metrics: many(950), tags: many(90) }, 400, 'INVALID_PARAMETER_VALUE', /metrics, params, and tags/],
    ['a parameter said twice', 'runs/log-batch', { run_id: id, params: many(2, { key: 'a' }) }, 400, 'INVALID_PARAMETER_VALUE', /Duplicate/],
    ['a status that is none', 'runs/update', { run_id: id, status: 'DONE' }, 400, 'INVALID_PARAMETER_VALUE', /status/],
    ['a body that is no JSON', 'runs/log-batch', '{broken', 400, 'BAD_REQUEST', /JSON/],
    ['what is not offered', 'traces', {}, 404, 'ENDPOINT_NOT_FOUND', /does not offer/],
  ])('refuses %s in words', async (_what, path, body, status, code, message) => {
    const { call } = await trackingServer();
    expect(await call(path, body)).toEqual({ status, body: { error_code: code, message: expect.stringMatching(message) } });
  });

  it('takes ten thousand metrics in ten batches', async () => {
    const { call, store } = await trackingServer();
    for (let batch = 0; batch < 10; batch += 1) {
      const metrics = Array.from({ length: 1000 }, (_, index) => ({ key: `m${index % 5}`, value: index, timestamp: 1, step: batch * 1000 + index }));
      expect((await call('runs/log-batch', { run_id: id, metrics })).status).toBe(200);
    }
    expect((await store.tracking.facts([id])).get(id)?.metrics).toHaveLength(5);
    expect(await store.tracking.metricHistory(id, 'm0')).toHaveLength(2000);
  });
});

describe('histories of metrics', () => {
  it('come whole, page by page, or by an even choice of steps of several runs', async () => {
    const { call } = await trackingServer();
    const metrics = Array.from({ length: 101 }, (_, step) => ({ key: 'loss', value: step / 2, timestamp: step, step }));
    await call('runs/log-batch', { run_id: id, metrics });
    const history = async (query: string) =>
      (await call(`metrics/get-history?run_id=${id}&metric_key=loss${query}`)).body as { metrics: { step: number }[]; next_page_token?: string };
    expect((await history('')).metrics).toHaveLength(101);
    const first = await history('&max_results=60');
    expect(first).toMatchObject({ next_page_token: '60' });
    const second = await history('&max_results=60&page_token=60');
    expect(second.next_page_token).toBeUndefined();
    expect([...first.metrics, ...second.metrics].map(({ step }) => step)).toEqual(metrics.map(({ step }) => step));
    const bulk = `metrics/get-history-bulk-interval?run_ids=${id}&metric_key=loss`;
    expect((await call(`${bulk}&max_results=5`)).body).toEqual({
      metrics: [0, 25, 50, 75, 100].map((step) => ({ key: 'loss', value: step / 2, timestamp: step, step, run_id: id })),
    });
    expect((await call(`${bulk}&start_step=10&end_step=11`)).body).toMatchObject({ metrics: [{ step: 10 }, { step: 11 }] });
    expect(await call(`${bulk}&start_step=10`)).toMatchObject({ status: 400 });
    expect(await call(`${bulk}&run_ids=nobody`)).toMatchObject({ status: 404 });
  });
});

describe('runs that a client makes itself', () => {
  it('belong to the attempt that calls, or to the run they name, and leave its own metrics alone', async () => {
    const { call, store, experimentId } = await trackingServer();
    const created = run(
      (await call('runs/create', { experiment_id: experimentId, run_name: 'fold 1', start_time: now, tags: [{ key: 'mlflow.parentRunId', value: id }] })).body,
    );
    expect(created.info).toMatchObject({ run_name: 'fold 1', experiment_id: experimentId, status: 'RUNNING' });
    const childId = String(created.info['run_id']);
    await call('runs/log-metric', { run_id: childId, key: 'r2', value: 0.1 });
    await call('runs/log-metric', { run_id: id, key: 'r2', value: 0.9 });
    const second = run((await call('runs/create', { tags: [] }, { token: id })).body);
    expect(second.data.tags).toContainEqual({ key: 'mlflow.parentRunId', value: id });
    const { of, parent } = (await store.tracking.get(childId)) ?? {};
    expect({ of, parent }).toMatchObject({ of: { step: 'train', attempt: 1 }, parent: id });
    if (of) expect(await store.tracking.ofStep(of.runId, 'train')).toMatchObject({ metrics: [{ name: 'r2', last: 0.9 }] });
  });

  it('belong to nobody for a client that is in no step, and get a name where it gives none', async () => {
    const { call, store } = await trackingServer();
    const { info } = run((await call('runs/create', { user_id: 'ada', tags: [] }, { token: 'f'.repeat(32) })).body);
    expect(info).toMatchObject({ experiment_id: '0', run_name: expect.stringMatching(/^[a-z]+-[a-z]+-\d+$/), user_id: 'ada' });
    expect(info['artifact_uri']).toBe(`mlflow-artifacts:/runs/${String(info['run_id'])}`);
    expect(await store.tracking.get(String(info['run_id']))).toMatchObject({ of: null, parent: null });
    expect(await call('runs/create', { experiment_id: '77' })).toMatchObject({ status: 404, body: { message: 'No Experiment with id=77 exists' } });
    const both = { run_name: 'a', tags: [{ key: 'mlflow.runName', value: 'b' }] };
    expect(await call('runs/create', both)).toMatchObject({ status: 400, body: { message: expect.stringContaining('different values') } });
  });

  it('are taken out of sight and back; meanwhile nothing is logged into them', async () => {
    const { call } = await trackingServer();
    const created = String(run((await call('runs/create', {})).body).info['run_id']);
    expect(await call('runs/delete', { run_id: created })).toEqual({ status: 200, body: {} });
    expect(run((await call(`runs/get?run_id=${created}`)).body).info).toMatchObject({ lifecycle_stage: 'deleted' });
    for (const path of ['runs/set-tag', 'runs/log-metric', 'runs/update', 'runs/delete'])
      expect(await call(path, { run_id: created, key: 'a', value: '1' })).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining("'active'") },
      });
    const search = async (run_view_type: string) =>
      ((await call('runs/search', { experiment_ids: ['0'], run_view_type })).body as { runs: unknown[] }).runs.length;
    expect([await search('ACTIVE_ONLY'), await search('DELETED_ONLY'), await search('ALL')]).toEqual([0, 1, 1]);
    expect((await call('runs/restore', { run_id: created })).status).toBe(200);
    expect((await call('runs/restore', { run_id: created })).status).toBe(400);
    expect([await search('ACTIVE_ONLY'), await search('DELETED_ONLY'), await search('ALL')]).toEqual([1, 0, 1]);
  });

  it('are found by a search, page by page', async () => {
    const { call, experimentId } = await trackingServer();
    for (const name of ['b', 'a', 'c']) await call('runs/create', { run_name: name, start_time: now + 1 }, { token: id });
    const search = async (more: Record<string, unknown>) =>
      (await call('runs/search', { experiment_ids: [experimentId], order_by: ['attributes.run_name ASC'], ...more })).body as {
        runs: { info: { run_name: string } }[];
        next_page_token?: string;
      };
    const first = await search({ max_results: 3 });
    expect(first.runs.map(({ info }) => info.run_name)).toEqual(['a', 'b', 'c']);
    const second = await search({ max_results: 3, page_token: first.next_page_token });
    expect(second).toMatchObject({ runs: [{ info: { run_name: 'train' } }] });
    expect(second.next_page_token).toBeUndefined();
    expect((await search({ filter: `tags.mlflow.parentRunId = '${id}' and run_name != 'b'` })).runs).toHaveLength(2);
    // Of a notebook: it is neither of a step nor a part of another run.
    const { body } = await call('runs/create', { experiment_id: experimentId, run_name: 'notebook', start_time: now });
    await call('runs/create', { experiment_id: experimentId, run_name: 'fold', tags: [{ key: 'mlflow.parentRunId', value: run(body).info['run_id'] }] });
    const apart = await search({ filter: 'tags.`pipewright.run` IS NULL' });
    expect(apart.runs.map(({ info }) => info.run_name)).toEqual(['fold', 'notebook']);
    const whole = await search({ filter: 'tags.`pipewright.run` IS NULL AND tags.`mlflow.parentRunId` IS NULL' });
    expect(whole.runs.map(({ info }) => info.run_name)).toEqual(['notebook']);
    const unordered = await search({ order_by: [], max_results: 2 });
    expect([unordered.runs.length, unordered.next_page_token]).toEqual([2, '2']);
    expect((await search({ experiment_ids: ['0'] })).runs).toEqual([]);
    expect(await call('runs/search', { filter: 'nonsense' })).toMatchObject({ status: 400 });
    expect(await call('runs/search', { run_view_type: 'SOME' })).toMatchObject({ status: 400 });
    expect(await call('runs/search', { max_results: 50_001 })).toMatchObject({ status: 400 });
    expect(await call('runs/search', { page_token: 'x' })).toMatchObject({ status: 400 });
  });
});

describe('a search of runs', () => {
  const logged = {
    metrics: [
      { key: 'loss', value: 0.5 },
      { key: 'r2', value: 1 },
    ],
    params: [
      { key: 'depth', value: '3' },
      { key: 'rate', value: '1' },
    ],
    tags: [{ key: 'team', value: 'blue' }],
  };

  it('reads of each run what its filter and its order name, and everything of the page', async () => {
    const { call, store, experimentId } = await trackingServer();
    await call('runs/log-batch', { run_id: id, ...logged });
    await call('runs/create', { run_name: 'fold', start_time: now + 1, user_id: 'ada' }, { token: id });
    const read = vi.spyOn(store.tracking, 'facts');
    const search = async (filter: string, order_by: readonly string[] = []) => {
      read.mockClear();
      const { runs } = (await call('runs/search', { experiment_ids: [experimentId], filter, order_by })).body as { runs: unknown[] };
      return { first: runs.map((found) => run({ run: found }))[0], names: read.mock.calls[0]?.[1], page: read.mock.calls.at(-1) };
    };
    const nothing = { metrics: [], params: [], tags: [], links: false };
    const whole = await search("tags.team = 'blue' AND params.depth = '3'", ['metrics.loss ASC']);
    expect(whole.names).toEqual({ ...nothing, metrics: ['loss'], params: ['depth'], tags: ['team'] });
    expect(whole.page).toEqual([[id]]);
    expect(whole.first?.data).toMatchObject({ metrics: [{ key: 'loss' }, { key: 'r2' }], params: logged.params });
    expect(whole.first?.data.tags).toContainEqual({ key: 'team', value: 'blue' });
    const parts = await search(`tags.\`mlflow.parentRunId\` = '${id}'`);
    expect([parts.first?.info['run_name'], parts.names]).toEqual(['fold', { ...nothing, tags: ['mlflow.parentRunId'] }]);
    const adas = await search("attributes.user_id = 'ada'");
    expect([adas.first?.info['run_name'], adas.names]).toEqual(['fold', { ...nothing, tags: ['mlflow.user'] }]);
    expect((await search("datasets.name = 'iris'")).names).toEqual({ ...nothing, links: true });
    expect((await search('')).names).toEqual(nothing);
  });

  it('looks for no more runs than the page has where they are wanted as they are listed', async () => {
    const { call, store, experimentId } = await trackingServer();
    for (let number = 0; number < 2001; number += 1)
      await store.tracking.start({ id: `run-${number}`, experimentId, of: null, startedAt: now + 1 + number, name: `run ${number}` });
    const read = vi.spyOn(store.tracking, 'facts');
    const search = async (more: Record<string, unknown>) => {
      read.mockClear();
      const { runs, next_page_token } = (await call('runs/search', { experiment_ids: [experimentId], filter: "run_name LIKE 'run %'", ...more })).body as {
        runs: { info: { run_name: string } }[];
        next_page_token?: string;
      };
      return [runs.map(({ info }) => info.run_name), next_page_token, read.mock.calls.map(([ids]) => ids.length)];
    };
    expect(await search({ max_results: 2 })).toEqual([['run 2000', 'run 1999'], '2', [2000, 2]]);
    expect(await search({ max_results: 2, page_token: '1999' })).toEqual([['run 1', 'run 0'], undefined, [2000, 2, 2]]);
    expect(await search({ max_results: 1, order_by: ['start_time ASC'] })).toEqual([['run 0'], '1', [2000, 2, 1]]);
  });
});

describe('experiments', () => {
  it('are names with ids; within a step every name is the one of its run', async () => {
    const { call, experimentId } = await trackingServer();
    expect((await call('experiments/get-by-name?experiment_name=mine', undefined, { token: id })).body).toMatchObject({
      experiment: { experiment_id: experimentId, name: 'mine' },
    });
    expect((await call('experiments/create', { name: 'new' }, { token: id })).body).toEqual({ experiment_id: experimentId });
    expect(await call('experiments/get-by-name?experiment_name=mine')).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
    expect((await call(`experiments/get?experiment_id=${experimentId}`)).body).toMatchObject({ experiment: { name: 'prices', lifecycle_stage: 'active' } });
    expect((await call('experiments/get?experiment_id=0')).body).toMatchObject({ experiment: { name: 'Default' } });
    expect((await call('experiments/get-by-name?experiment_name=Default')).body).toMatchObject({ experiment: { experiment_id: '0' } });
  });

  it('are made, renamed, tagged, deleted and brought back', async () => {
    const { call, store } = await trackingServer();
    const { experiment_id } = (await call('experiments/create', { name: 'mine', tags: [{ key: 'team', value: 'a' }] })).body as { experiment_id: string };
    for (const name of ['mine', 'prices', 'Default'])
      expect(await call('experiments/create', { name })).toMatchObject({ status: 400, body: { error_code: 'RESOURCE_ALREADY_EXISTS' } });
    expect(await call('experiments/create', { name: ' ' })).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect((await call('experiments/update', { experiment_id, new_name: 'ours' })).status).toBe(200);
    expect(await call('experiments/update', { experiment_id, new_name: 'prices' })).toMatchObject({ body: { error_code: 'RESOURCE_ALREADY_EXISTS' } });
    await call('experiments/set-experiment-tag', { experiment_id, key: 'note', value: 'x' });
    expect((await call('experiments/delete-experiment-tag', { experiment_id, key: 'team' })).status).toBe(200);
    expect((await call('experiments/delete-experiment-tag', { experiment_id, key: 'team' })).status).toBe(404);
    expect((await call(`experiments/get?experiment_id=${experiment_id}`)).body).toMatchObject({
      experiment: { name: 'ours', tags: [{ key: 'note', value: 'x' }], creation_time: now },
    });
    const search = async (more: Record<string, unknown>) =>
      ((await call('experiments/search', { max_results: 10, ...more })).body as { experiments: { name: string }[] }).experiments.map(({ name }) => name);
    expect(await search({ order_by: ['name DESC'] })).toEqual(['prices', 'ours', 'Default']);
    expect(await search({ filter: "tags.note = 'x'" })).toEqual(['ours']);
    expect(await search({ filter: "name LIKE 'pri%'" })).toEqual(['prices']);
    await call('experiments/delete', { experiment_id });
    expect(await search({ view_type: 'DELETED_ONLY' })).toEqual(['ours']);
    expect(await call('runs/create', { experiment_id })).toMatchObject({ status: 400, body: { message: expect.stringContaining("'active'") } });
    expect(await call('experiments/update', { experiment_id, new_name: 'z' })).toMatchObject({ body: { error_code: 'INVALID_STATE' } });
    expect((await call('experiments/delete', { experiment_id })).status).toBe(404);
    await call('experiments/restore', { experiment_id });
    expect(await search({})).toContain('ours');
    expect((await call('experiments/delete', { experiment_id: '0' })).status).toBe(400);
    expect((await store.experiments.list()).map(({ name }) => name)).toEqual(['ours', 'prices', 'default']);
  });
});

it('refuses pages from elsewhere, as the rest of the server does', async () => {
  const server = await testServer();
  const path = '/mlflow/api/2.0/mlflow/experiments/get?experiment_id=0';
  expect(await callApi(server, path, { headers: { Origin: 'http://evil.example' } })).toMatchObject({ status: 403, body: { code: 'foreign-caller' } });
  expect(await callApi(server, path, { headers: { Origin: server.url } })).toMatchObject({ status: 200 });
  const artifacts = '/mlflow/api/2.0/mlflow-artifacts/artifacts?path=runs/x';
  expect(await callApi(server, artifacts, { headers: { Origin: 'http://evil.example' } })).toMatchObject({ status: 403 });
});
