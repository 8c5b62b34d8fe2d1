import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContentHash } from '@pipewright/shared/ids.ts';
import { defaultNetworkRules } from '../config.ts';
import { stepRun, trackingServer } from '../testing/tracking-server.ts';
import { createLoggedPlaces } from '../tracking/logged-places.ts';
import { createDownloads } from './downloads.ts';
import { DataFinder } from './find-data.ts';

/** With two versions of the model `churn` and data of the same name. */
async function opened() {
  const server = await trackingServer();
  const { store, artifacts, folder, runsFolder } = server;
  const register = async (kind: 'data' | 'model', version: string, text: string) => {
    const path = join(folder, `${kind}-${version}`);
    await writeFile(path, text);
    const { hash, ...size } = await artifacts.collectCopy(path);
    const type = kind === 'model' ? ('custom_model' as const) : ('uri_file' as const);
    const artifact = { hash: ContentHash.parse(hash), type, ...size };
    const told = { source: 'registered' as const, createdAt: '2026-01-01T00:00:00.000Z', by: 'Ada', origin: null, path, sizeBytes: artifact.sizeBytes };
    await store.assets.register({ kind, name: 'churn', version, type, artifact, displayName: null, description: '', tags: {}, ...told });
  };
  await register('model', '1', 'first');
  await register('model', '2', 'second');
  await register('data', '1', 'table');
  await store.assets.setLabel({ kind: 'model', name: 'churn' }, 'champion', '1');
  const logged = createLoggedPlaces({ store, artifacts, runsFolder, trackingFolder: join(folder, 'tracking') });
  const finder = new DataFinder({
    config: { home: folder },
    store,
    artifacts,
    logged,
    downloads: createDownloads(join(folder, 'downloads'), defaultNetworkRules),
  });
  const find = async (path: string, type = 'uri_file') => await finder.find(path, { folder, mayFetch: false, type });
  const read = async (path: string, type?: string) => {
    const place = await find(path, type);
    return place.kind === 'local' ? { ...place, text: await readFile(place.path, 'utf8') } : place;
  };
  return { ...server, find, read };
}

describe('a model by the address that MLflow has for it', () => {
  it.each([
    ['models:/churn/1', 'first', '1', []],
    ['models:/churn@champion', 'first', '1', ['models:/churn@champion is version 1.']],
    ['models:/churn/latest', 'second', '2', ['models:/churn/latest is version 2.']],
  ])('%s', async (path, text, version, notes) => {
    const { read } = await opened();
    // Data of that name is not meant, whatever the input is.
    for (const type of ['uri_file', 'custom_model']) {
      const place = await read(path, type);
      expect(place).toMatchObject({ text, asset: { kind: 'model', name: 'churn', version } });
      expect(place.kind === 'local' && place.said?.map(({ message }) => message)).toEqual(notes);
    }
    expect(await read('azureml:churn:1')).toMatchObject({ text: 'table' });
  });

  it('is found though it is archived, with a warning', async () => {
    const { read, store } = await opened();
    await store.assets.setArchived({ kind: 'model', name: 'churn' }, ['1'], '2026-01-02T00:00:00.000Z');
    expect(await read('models:/churn/1')).toMatchObject({ text: 'first', said: [{ severity: 'warning', code: 'archived-asset' }] });
  });

  it.each([
    ['models:/churn/9', 'The model models:/churn/9 is not known here. The latest version is 2.'],
    ['models:/churn@rival', 'The model models:/churn@rival is not known here. churn has champion. The latest version is 2.'],
    ['models:/churn/Production', 'give a version, or an alias as models:/NAME@ALIAS. The latest version is 2.'],
    ['models:/chrun/1', 'Did you mean "churn"? Register it with pipewright register model --name chrun --path PATH.'],
    ['models:/churn', 'models:/churn names no model. Write models:/NAME/VERSION, models:/NAME@ALIAS or models:/NAME/latest.'],
    ['azureml:table:1', 'The data asset azureml:table:1 is not known here.'],
  ])('%s: %s', async (path, message) => {
    const { find } = await opened();
    expect(await find(path)).toEqual({ kind: 'problem', code: 'unknown-asset', message: expect.stringContaining(message) });
  });

  it('says that all of its versions are archived', async () => {
    const { find, store } = await opened();
    await store.assets.setArchived({ kind: 'model', name: 'churn' }, ['1', '2'], '2026-01-02T00:00:00.000Z');
    expect(await find('models:/churn/latest')).toMatchObject({ message: expect.stringContaining('all versions of churn are archived') });
  });
});

describe('what a client of MLflow has logged', () => {
  it('is found by its run and path, or by its own id', async () => {
    const { call, find, read, runsFolder } = await opened();
    const artifacts = join(runsFolder, '1/train/1/mlflow', stepRun, 'artifacts');
    await mkdir(join(artifacts, 'model'), { recursive: true });
    await writeFile(join(artifacts, 'model/MLmodel'), 'of the run');
    const origin = { run: '1', step: 'train', port: null };
    expect(await read(`runs:/${stepRun}/model/MLmodel`)).toMatchObject({ text: 'of the run', origin });

    const { model } = (await call('logged-models', { name: 'net' }, { token: stepRun })).body as { model: { info: { model_id: string } } };
    const { model_id: id } = model.info;
    const folder = join(runsFolder, '1/train/1/mlflow', stepRun, 'models', id, 'artifacts');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'MLmodel'), 'of its own');
    expect(await read(`runs:/${stepRun}/net/MLmodel`)).toMatchObject({ text: 'of its own', origin });
    expect(await find(`models:/${id}`, 'mlflow_model')).toEqual({ kind: 'local', path: folder, origin });
  });

  it.each([
    [`runs:/${stepRun}/none`, 'There is nothing at'],
    [`runs:/${stepRun}/../../../x`, 'leads out of the artifacts'],
    [`runs:/${'0a'.repeat(16)}/model`, `Run with id=${'0a'.repeat(16)} not found`],
    ['runs:/busy_owl_12/model', 'MLflow names a run by 32 letters and digits'],
    [`models:/m-${'0a'.repeat(16)}`, 'not found'],
  ])('%s: %s', async (path, message) => {
    const { find } = await opened();
    expect(await find(path)).toEqual({ kind: 'problem', code: 'unknown-asset', message: expect.stringContaining(message) });
  });
});
