import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stepRun as id, trackingServer } from '../testing/tracking-server.ts';
import { loggedFiles, loggedPath } from './logged-path.ts';

interface Run {
  readonly run: { readonly info: Readonly<Record<string, string>>; readonly outputs: unknown };
}

async function opened() {
  const server = await trackingServer();
  const proxy = `${server.url}/api/2.0/mlflow-artifacts/artifacts`;
  const put = async (path: string, body: string) => {
    const response = await fetch(`${proxy}/${path}`, { method: 'PUT', body, headers: { 'Content-Type': 'application/json' } });
    return { status: response.status, body: await response.json() };
  };
  const get = async (path: string) => {
    const response = await fetch(`${proxy}/${path}`);
    return { status: response.status, text: await response.text() };
  };
  const list = async (path: string) => (await (await fetch(`${proxy}?path=${encodeURIComponent(path)}`)).json()) as { files: unknown };
  return { ...server, proxy, put, get, list };
}

describe('artifacts of a step', () => {
  it('are listed where its client wrote them, and nothing outside', async () => {
    const { call, runsFolder } = await opened();
    const root = fileURLToPath(String(((await call(`runs/get?run_id=${id}`, undefined, { token: id })).body as Run).run.info['artifact_uri']));
    expect(root.startsWith(join(runsFolder, '1', 'train', '1'))).toBe(true);
    expect((await call(`artifacts/list?run_id=${id}`)).body).toMatchObject({ files: [] });
    await mkdir(join(root, 'notes/deep'), { recursive: true });
    await writeFile(join(root, 'notes/a.txt'), '123');
    await writeFile(join(root, 'notes/deep/b.txt'), '');
    expect((await call(`artifacts/list?run_id=${id}`)).body).toMatchObject({ files: [{ path: 'notes', is_dir: true }] });
    expect((await call(`artifacts/list?run_id=${id}&path=notes`)).body).toMatchObject({
      files: [
        { path: 'notes/a.txt', is_dir: false, file_size: 3 },
        { path: 'notes/deep', is_dir: true },
      ],
    });
    expect((await call(`artifacts/list?run_id=${id}&path=notes&max_results=1`)).body).toMatchObject({ files: [{ path: 'notes/a.txt' }], next_page_token: '1' });
    expect((await call(`artifacts/list?run_id=${id}&path=notes&page_token=1`)).body).toMatchObject({ files: [{ path: 'notes/deep' }] });
    for (const path of ['../..', '/etc', 'notes/../../..', '..%00'])
      expect(await call(`artifacts/list?run_id=${id}&path=${path}`)).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    await symlink('/etc', join(root, 'out'));
    expect((await call(`artifacts/list?run_id=${id}&path=out`)).status).toBe(400);
  });
});

describe('artifacts of other clients', () => {
  it('go up and come back through us, JSON files as they are, in folders of any depth', async () => {
    const { put, get, list, proxy, call, url } = await opened();
    const run = `runs/${id}`;
    expect(await put(`${run}/a/b/c%20d.json`, '{ "x":1 }')).toEqual({ status: 200, body: {} });
    await put(`${run}/a/top.txt`, 'top');
    expect(await get(`${run}/a/b/c%20d.json`)).toEqual({ status: 200, text: '{ "x":1 }' });
    expect(await list(`${run}/a`)).toEqual({
      files: [
        { path: 'b', is_dir: true },
        { path: 'top.txt', is_dir: false, file_size: 3 },
      ],
    });
    expect((await call(`artifacts/list?run_id=${id}&path=a/b`)).body).toMatchObject({
      root_uri: `mlflow-artifacts:/${run}`,
      files: [{ path: 'a/b/c d.json' }],
    });
    const page = await fetch(`${url}/get-artifact?run_id=${id}&path=a/top.txt`);
    expect([page.headers.get('content-disposition'), await page.text()]).toEqual(['attachment; filename=top.txt', 'top']);
    const part = await fetch(`${proxy}/${run}/a/top.txt`, { headers: { Range: 'bytes=1-' } });
    expect([part.status, await part.text()]).toEqual([206, 'op']);
    expect((await get(`${run}/a/none`)).status).toBe(404);
    expect((await get(`${run}/a`)).status).toBe(404);
    expect((await put(`${run}/a`, 'x')).status).toBe(400);
    await fetch(`${proxy}/${run}/a/b`, { method: 'DELETE' });
    expect(await list(`${run}/a`)).toMatchObject({ files: [{ path: 'top.txt' }] });
  });

  it.each(['runs/ID/%2e%2e/x', 'runs/ID/a%2f..%2f..%2f..%2fx', 'runs/ID/a%5cb', 'runs/ID/a%00b', 'runs/ID', 'elsewhere/x', 'runs/nobody/x'])(
    'never leave their folder: %s',
    async (path) => {
      const { put, folder } = await opened();
      const before = await readdir(folder, { recursive: true });
      expect((await put(path.replace('ID', id), 'x')).status).toBeGreaterThanOrEqual(400);
      const added = (await readdir(folder, { recursive: true })).filter((name) => !before.includes(name) && !/^tracking(\/uploads)?$/.test(name));
      expect(added).toEqual([]);
    },
  );

  it('are not written through a link that a step has left', async () => {
    const { put, runsFolder, folder } = await opened();
    const root = join(runsFolder, '1/train/1/mlflow', id, 'artifacts');
    await mkdir(root, { recursive: true });
    await symlink(folder, join(root, 'out'));
    expect((await put(`runs/${id}/out/x`, 'x')).status).toBe(400);
    expect(await readdir(folder)).not.toContain('x');
  });

  it('are streamed: one of a hundred megabytes is whole, and one that breaks off is not there', async () => {
    const { proxy, runsFolder, folder } = await opened();
    const root = join(runsFolder, '1/train/1/mlflow', id, 'artifacts');
    const piece = Buffer.alloc(1 << 20, 7);
    const send = async (name: string, count: number, end: () => void): Promise<void> => {
      const body = Readable.from(
        (function* () {
          for (let index = 0; index < count; index += 1) yield piece;
          end();
        })(),
      );
      await fetch(`${proxy}/runs/${id}/${name}`, { method: 'PUT', body: Readable.toWeb(body) as ReadableStream, duplex: 'half' });
    };
    await send('big.bin', 100, () => undefined);
    expect((await stat(join(root, 'big.bin'))).size).toBe(100 << 20);
    const breaking = send('half.bin', 3, () => {
      throw new Error('gone');
    });
    await expect(breaking).rejects.toThrow();
    await expect.poll(async () => await readdir(join(folder, 'tracking/uploads'))).toEqual([]);
    expect(await readdir(root)).toEqual(['big.bin']);
  });
});

describe('logged models', () => {
  it('have a folder of their own; they are finished, described, found and deleted', async () => {
    const { call, put, list, experimentId } = await opened();
    const created = (await call('logged-models', { experiment_id: experimentId, name: 'ridge', source_run_id: id, params: [{ key: 'alpha', value: '1' }] }))
      .body as { model: { info: Record<string, string> } };
    const { model_id: modelId = '', artifact_uri: uri = '' } = created.model.info;
    expect(created.model.info).toMatchObject({ status: 'LOGGED_MODEL_PENDING', source_run_id: id, name: 'ridge', experiment_id: experimentId });
    expect(uri).toBe(`mlflow-artifacts:/logged-models/${modelId}`);
    await put(`logged-models/${modelId}/MLmodel`, 'flavors: {}');
    expect(await list(`logged-models/${modelId}`)).toMatchObject({ files: [{ path: 'MLmodel' }] });
    const own = ((await call(`logged-models/${modelId}`, undefined, { token: id })).body as typeof created).model.info['artifact_uri'] ?? '';
    expect(await readFile(join(fileURLToPath(own), 'MLmodel'), 'utf8')).toBe('flavors: {}');
    expect((await call(`logged-models/${modelId}/artifacts/directories`)).body).toMatchObject({ files: [{ path: 'MLmodel', is_dir: false }] });
    await call(`logged-models/${modelId}`, { status: 'LOGGED_MODEL_READY' }, { method: 'PATCH' });
    await call(`logged-models/${modelId}/params`, { params: [{ key: 'depth', value: '2' }] });
    await call(`logged-models/${modelId}/tags`, { tags: [{ key: 'note', value: 'x' }] }, { method: 'PATCH' });
    await call('runs/log-metric', { run_id: id, key: 'r2', value: 0.5, model_id: modelId, dataset_name: 'test', dataset_digest: 'd' });
    const { body } = await call(`logged-models/${modelId}`);
    expect(body).toMatchObject({
      model: {
        info: { status: 'LOGGED_MODEL_READY', tags: [{ key: 'note', value: 'x' }] },
        data: {
          params: [
            { key: 'alpha', value: '1' },
            { key: 'depth', value: '2' },
          ],
          metrics: [{ key: 'r2', value: 0.5, model_id: modelId, run_id: id, dataset_name: 'test', dataset_digest: 'd' }],
        },
      },
    });
    await call('runs/outputs', { run_id: id, models: [{ model_id: modelId, step: 3 }] });
    expect(((await call(`runs/get?run_id=${id}`)).body as Run).run.outputs).toEqual({ model_outputs: [{ model_id: modelId, step: 3 }] });
    const search = async (more: Record<string, unknown>) => (await call('logged-models/search', { experiment_ids: [experimentId], ...more })).body;
    expect(await search({})).toEqual({ models: [(body as { model: unknown }).model] });
    expect(await search({ filter: "name = 'ridge' AND metrics.r2 > 0.4 AND params.depth = '2'" })).toMatchObject({ models: [{}] });
    expect(await search({ filter: 'metrics.r2 > 0.6' })).toEqual({ models: [] });
    expect(await search({ datasets: [{ dataset_name: 'other' }], filter: 'metrics.r2 > 0' })).toEqual({ models: [] });
    expect((await call(`logged-models/${modelId}/tags/note`, undefined, { method: 'DELETE' })).status).toBe(200);
    expect((await call(`logged-models/${modelId}/tags/note`, undefined, { method: 'DELETE' })).status).toBe(404);
    expect((await call(`logged-models/${modelId}`, undefined, { method: 'DELETE' })).status).toBe(200);
    expect((await call(`logged-models/${modelId}`)).status).toBe(404);
    expect(await search({})).toEqual({ models: [] });
  });

  it('are among the files that the run has logged, the newest of a name', async () => {
    const { call, put, store, runsFolder, folder } = await opened();
    const parts = { store, runsFolder, trackingFolder: join(folder, 'tracking') };
    const run = await store.tracking.get(id);
    if (!run) throw new Error('expected the run of the step');
    expect(await loggedFiles(parts, run)).toEqual([]);
    await put(`runs/${id}/notes/a.txt`, 'hello');
    for (const text of ['older', 'newer!']) {
      const { model } = (await call('logged-models', { name: 'ridge', source_run_id: id })).body as { model: { info: { model_id: string } } };
      await put(`logged-models/${model.info.model_id}/data/w`, text);
      if (text === 'older') await put(`logged-models/${model.info.model_id}/MLmodel`, 'x');
    }
    expect(await loggedFiles(parts, run)).toEqual([
      { path: 'notes/a.txt', sizeBytes: 5 },
      { path: 'ridge/MLmodel', sizeBytes: 1 },
      { path: 'ridge/data/w', sizeBytes: 6 },
    ]);
    const read = async (...path: string[]) => await readFile((await loggedPath(parts, run, path)) ?? 'nowhere', 'utf8');
    expect(await read('notes', 'a.txt')).toBe('hello');
    expect(await read('ridge', 'data', 'w')).toBe('newer!');
    for (const path of [['ridge'], ['ridge', 'none'], ['ridge', '..', '..', 'x'], ['..', 'log']]) expect(await loggedPath(parts, run, path)).toBeUndefined();
  });

  it('of a step that names no run are what its run has put out', async () => {
    const { call } = await opened();
    const { model } = (await call('logged-models', { name: 'ridge' }, { token: id })).body as { model: { info: Record<string, string> } };
    expect(model.info).toMatchObject({ source_run_id: id });
    expect(((await call(`runs/get?run_id=${id}`)).body as Run).run.outputs).toEqual({ model_outputs: [{ model_id: model.info['model_id'], step: 0 }] });
  });

  it('need no run', async () => {
    const { call, put, folder } = await opened();
    const { model } = (await call('logged-models', { name: 'outside' })).body as { model: { info: { model_id: string; experiment_id: string } } };
    expect(model.info.experiment_id).toBe('0');
    await put(`logged-models/${model.info.model_id}/MLmodel`, 'x');
    expect(await readdir(join(folder, 'tracking/models', model.info.model_id, 'artifacts'))).toEqual(['MLmodel']);
    expect((await call('logged-models', { source_run_id: 'nobody' })).status).toBe(404);
  });
});
