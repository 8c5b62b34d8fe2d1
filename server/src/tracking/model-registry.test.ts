import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ContentHash } from '@pipewright/shared/ids.ts';
import { stepRun, trackingNow, trackingServer } from '../testing/tracking-server.ts';

interface Version {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly run_id: string;
  readonly tags: unknown;
}

/** With a model in the step's run, and one that was registered in another way than MLflow's. */
async function opened() {
  const server = await trackingServer();
  const { call, store, artifacts, folder, runsFolder } = server;
  const model = join(runsFolder, '1/train/1/mlflow', stepRun, 'artifacts/model');
  await mkdir(join(model, 'data'), { recursive: true });
  await writeFile(join(model, 'MLmodel'), 'flavors: {}');
  await writeFile(join(model, 'data/weights'), 'one');
  await mkdir(join(folder, 'brought'));
  await writeFile(join(folder, 'brought/w'), 'two');
  const { hash, ...size } = await artifacts.collectCopy(join(folder, 'brought'));
  const artifact = { hash: ContentHash.parse(hash), type: 'custom_model' as const, ...size };
  const texts = { displayName: null, description: 'by hand', tags: { from: 'hand' } };
  await store.assets.register({
    kind: 'model',
    name: 'brought',
    version: '3',
    type: 'custom_model',
    source: 'registered',
    createdAt: new Date(trackingNow).toISOString(),
    by: 'Ada',
    origin: { run: '1', step: 'train', port: 'model' },
    artifact,
    path: '/brought',
    sizeBytes: artifact.sizeBytes,
    ...texts,
  });
  const create = async (name: string, source: string, more: Record<string, unknown> = {}) => {
    await call('registered-models/create', { name });
    return await call('model-versions/create', { name, source, run_id: stepRun, ...more });
  };
  const version = async (name: string, number: string) =>
    ((await call(`model-versions/get?name=${name}&version=${number}`)).body as { model_version: Version }).model_version;
  return { ...server, create, version, model };
}

describe('registering', () => {
  it('takes the bytes of a run in as an asset, each time as another version', async () => {
    const { create, version, store, artifacts, model } = await opened();
    const source = `mlflow-artifacts:/runs/${stepRun}/model`;
    expect(await create('iris', source, { tags: [{ key: 'k', value: 'v' }], description: 'first' })).toMatchObject({
      status: 200,
      body: { model_version: { name: 'iris', version: '1', status: 'READY', current_stage: 'None', run_id: stepRun, source, description: 'first' } },
    });
    await writeFile(join(model, 'data/weights'), 'changed since');
    await create('iris', source);
    await create('iris', source);
    expect((await version('iris', '3')).version).toBe('3');
    const asset = await store.assets.find(['model'], 'iris', { version: '1' });
    expect(asset).toMatchObject({ type: 'mlflow_model', tags: { k: 'v' }, origin: { run: '1', step: 'train', port: null } });
    expect(await readFile(join(artifacts.pathOf(asset?.artifact?.hash ?? ''), 'data/weights'), 'utf8')).toBe('one');
  });

  it.each([
    ['runs:/RUN/model', true],
    ['file://MODEL', true],
    ['MODEL', true],
    ['models:/brought/3', true],
    ['models:/brought/latest', true],
    ['s3://bucket/model', true],
    ['runs:/RUN/none', false],
    ['runs:/RUN/../../../..', false],
    ['mlflow-artifacts:/runs/RUN/%2e%2e/%2e%2e', false],
    ['models:/brought/9', false],
    ['models:/nobody@best', false],
    ['relative/path', false],
    ['/nowhere/at/all', false],
  ])('takes from %s: %s', async (source, isTaken) => {
    const { create, model } = await opened();
    const { status, body } = await create('from', source.replace('RUN', stepRun).replace('MODEL', model));
    expect([status === 200, isTaken ? 'version' in (body as { model_version: object }).model_version : 'error_code' in (body as object)]).toEqual([
      isTaken,
      true,
    ]);
  });

  it.each([
    ['mlflow-artifacts:/runs/RUN/%zz', "'%zz' is not encoded"],
    ['file://elsewhere/model', 'names no file on this machine'],
    ['file:///%zz', 'names no file on this machine'],
  ])('says what is wrong with %s', async (source, text) => {
    const { create } = await opened();
    expect(await create('from', source.replace('RUN', stepRun))).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_PARAMETER_VALUE', message: expect.stringContaining(text) },
    });
  });

  it('from what a run has logged under a name with a slash takes the model, and what lies in it', async () => {
    const { call, create, store, artifacts, url } = await opened();
    const logged = await call('logged-models', { experiment_id: '0', name: 'nets/small', source_run_id: stepRun });
    const { model_id } = (logged.body as { model: { info: { model_id: string } } }).model.info;
    const put = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/logged-models/${model_id}/data/w`, { method: 'PUT', body: 'small' });
    expect(put.status).toBe(200);
    for (const [name, path] of [
      ['whole', 'nets/small'],
      ['part', 'nets/small/data'],
    ] as const)
      expect(await create(name, `runs:/${stepRun}/${path}`)).toMatchObject({ status: 200, body: { model_version: { model_id } } });
    const asset = await store.assets.find(['model'], 'part', { version: '1' });
    expect(await readFile(join(artifacts.pathOf(asset?.artifact?.hash ?? ''), 'w'), 'utf8')).toBe('small');
    expect((await create('none', `runs:/${stepRun}/nets`)).status).toBe(404);
  });

  it('from another version keeps what that came from, and names it by what it will always mean', async () => {
    const { call, create, store } = await opened();
    const logged = await call('logged-models', { experiment_id: '0', name: 'net', source_run_id: stepRun });
    const { model_id } = (logged.body as { model: { info: { model_id: string } } }).model.info;
    await create('iris', `runs:/${stepRun}/model`, { model_id });
    await call('registered-models/alias', { name: 'iris', alias: 'best', version: '1' });
    for (const source of ['models:/iris@best', 'models:/iris/latest', 'models:/iris/1']) {
      expect(await create('copy', source, { run_id: undefined })).toMatchObject({
        body: { model_version: { source: 'models:/iris/1', run_id: stepRun, model_id } },
      });
    }
    expect(await store.assets.find(['model'], 'copy', { version: '1' })).toMatchObject({ path: 'models:/iris/1', origin: { run: '1', step: 'train' } });
    await call('model-versions/delete', { name: 'iris', version: '1' }, { method: 'DELETE' });
    expect(await create('copy', 'models:/iris/1')).toMatchObject({ status: 404, body: { error_code: 'RESOURCE_DOES_NOT_EXIST' } });
    expect(await create('copy', 'models:/iris')).toMatchObject({ status: 400, body: { message: expect.stringContaining('models:/NAME/VERSION') } });
    expect(await create('copy', 'runs:/busy_owl/model')).toMatchObject({ status: 400, body: { message: expect.stringContaining('runs:/RUN/model') } });
  });

  it('takes one file, and gives it back under its name, however it was named', async () => {
    const { create, model, url } = await opened();
    await writeFile(join(model, 'a b.pkl'), 'one');
    for (const [name, source] of [
      ['weights', join(model, 'a b.pkl')],
      ['logged', `runs:/${stepRun}/model/a b.pkl`],
      ['addressed', pathToFileURL(join(model, 'a b.pkl')).href],
      ['run', `mlflow-artifacts:/runs/${stepRun}/model/a%20b.pkl`],
      ['copy', 'models:/weights/1'],
      ['again', 'models:/copy/latest'],
      ['fetched', 'mlflow-artifacts:/models/again/1'],
      ['inside', 'mlflow-artifacts:/models/again/1/a%20b.pkl'],
    ] as const) {
      expect(await create(name, source)).toMatchObject({ status: 200 });
      const files = (path: string) => fetch(`${url}/api/2.0/mlflow-artifacts/artifacts${path}`);
      expect(await (await files(`?path=models/${name}/1`)).json()).toEqual({ files: [{ path: 'a b.pkl', is_dir: false, file_size: 3 }] });
      expect(await (await files(`/models/${name}/1/a%20b.pkl`)).text()).toBe('one');
    }
  });

  it('keeps no prompts, of which a client says that they are models', async () => {
    const { call } = await opened();
    expect(await call('registered-models/create', { name: 'greet', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] })).toMatchObject({
      status: 404,
      body: { error_code: 'ENDPOINT_NOT_FOUND', message: expect.stringContaining('no prompts') },
    });
    expect((await call('registered-models/get?name=greet')).status).toBe(404);
  });

  it('needs a name that an asset may have, and that was made before', async () => {
    const { call } = await opened();
    expect(await call('registered-models/create', { name: 'a b' })).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    expect(await call('model-versions/create', { name: 'never', source: '/tmp' })).toMatchObject({
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
    await call('registered-models/create', { name: 'once' });
    for (const name of ['once', 'brought'])
      expect(await call('registered-models/create', { name })).toMatchObject({ status: 400, body: { error_code: 'RESOURCE_ALREADY_EXISTS' } });
  });
});

describe('a model that was registered otherwise', () => {
  it('is there, with its texts and the run that made it, and its bytes come through us and cannot be changed', async () => {
    const { call, version, url } = await opened();
    expect((await call('registered-models/search')).body).toMatchObject({ registered_models: [{ name: 'brought', latest_versions: [{ version: '3' }] }] });
    expect(await version('brought', '3')).toMatchObject({ description: 'by hand', run_id: stepRun, tags: [{ key: 'from', value: 'hand' }] });
    const { artifact_uri } = (await call('model-versions/get-download-uri?name=brought&version=3')).body as { artifact_uri: string };
    expect(artifact_uri).toBe('mlflow-artifacts:/models/brought/3');
    const file = `${url}/api/2.0/mlflow-artifacts/artifacts/models/brought/3/w`;
    expect(await (await fetch(file)).text()).toBe('two');
    expect((await fetch(file, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(file, { method: 'DELETE' })).status).toBe(403);
    expect(await (await fetch(file)).text()).toBe('two');
  });
});

describe('aliases', () => {
  it('are labels of the asset', async () => {
    const { call, store } = await opened();
    expect((await call('registered-models/alias', { name: 'brought', alias: 'best', version: '3' })).status).toBe(200);
    expect(await store.assets.find(['model'], 'brought', { label: 'best' })).toMatchObject({ version: '3' });
    await store.assets.setLabel({ kind: 'model', name: 'brought' }, 'ours', '3');
    expect((await call('registered-models/get?name=brought')).body).toMatchObject({
      registered_model: {
        aliases: [
          { alias: 'best', version: '3' },
          { alias: 'ours', version: '3' },
        ],
      },
    });
    expect((await call('registered-models/alias?name=brought&alias=ours')).body).toMatchObject({ model_version: { version: '3' } });
    expect((await call('registered-models/alias', { name: 'brought', alias: 'best' }, { method: 'DELETE' })).status).toBe(200);
    expect(await call('registered-models/alias?name=brought&alias=best')).toMatchObject({ status: 400, body: { error_code: 'INVALID_PARAMETER_VALUE' } });
    for (const alias of ['latest', 'v1', 'a b']) expect((await call('registered-models/alias', { name: 'brought', alias, version: '3' })).status).toBe(400);
    expect((await call('registered-models/alias', { name: 'brought', alias: 'x', version: '9' })).status).toBe(404);
  });
});

describe('what is said of models', () => {
  it('is changed, and the versions’ texts are those of their assets', async () => {
    const { call, store, version } = await opened();
    await call('registered-models/update', { name: 'brought', description: 'of all' }, { method: 'PATCH' });
    await call('registered-models/set-tag', { name: 'brought', key: 'team', value: 'a' });
    await call('model-versions/update', { name: 'brought', version: '3', description: 'better' }, { method: 'PATCH' });
    await call('model-versions/set-tag', { name: 'brought', version: '3', key: 'k', value: 'v' });
    await call('model-versions/delete-tag', { name: 'brought', version: '3', key: 'from' }, { method: 'DELETE' });
    expect(await store.assets.find(['model'], 'brought', { version: '3' })).toMatchObject({ description: 'better', tags: { k: 'v' } });
    expect((await call('registered-models/get?name=brought')).body).toMatchObject({
      registered_model: { description: 'of all', tags: [{ key: 'team', value: 'a' }] },
    });
    await call('registered-models/delete-tag', { name: 'brought', key: 'team' }, { method: 'DELETE' });
    expect((await call(`registered-models/search?filter=${encodeURIComponent("tags.team = 'a'")}`)).body).toEqual({ registered_models: [] });
    const moved = await call('model-versions/transition-stage', { name: 'brought', version: '3', stage: 'production' });
    expect(moved.body).toMatchObject({ model_version: { current_stage: 'Production' } });
    expect((await call('model-versions/transition-stage', { name: 'brought', version: '3', stage: 'Best' })).status).toBe(400);
    expect((await call('registered-models/get-latest-versions', { name: 'brought', stages: ['Staging'] })).body).toEqual({ model_versions: [] });
    expect((await version('brought', '3')).run_id).toBe(stepRun);
  });

  it('is found page by page, versions by run and number', async () => {
    const { call, create } = await opened();
    for (const name of ['b', 'a']) await create(name, `runs:/${stepRun}/model`);
    await create('a', 'models:/brought/3', { run_id: '' });
    const names = async (query: string) =>
      ((await call(`registered-models/search?${query}`)).body as { registered_models: { name: string }[] }).registered_models.map(({ name }) => name);
    expect(await names('')).toEqual(['a', 'b', 'brought']);
    expect(await names('order_by=name%20DESC&max_results=2')).toEqual(['brought', 'b']);
    expect(await names('order_by=name%20DESC&max_results=2&page_token=2')).toEqual(['a']);
    // What clients add to every search, since prompts are models to them.
    const noPrompts = "tag.`mlflow.prompt.is_prompt` != 'true'";
    expect(await names(`filter=${encodeURIComponent(`name LIKE 'b%' AND ${noPrompts}`)}`)).toEqual(['b', 'brought']);
    expect(await names(`filter=${encodeURIComponent("tags.`mlflow.prompt.is_prompt` = 'true'")}`)).toEqual([]);
    const versions = async (filter: string) =>
      (
        (await call(`model-versions/search?filter=${encodeURIComponent(filter)}&order_by=name&order_by=version_number`)).body as { model_versions: Version[] }
      ).model_versions.map(({ name, version }) => `${name}:${version}`);
    expect(await versions('')).toEqual(['a:1', 'a:2', 'b:1', 'brought:3']);
    expect(await versions(`run_id = '${stepRun}' AND name != 'brought'`)).toEqual(['a:1', 'a:2', 'b:1']);
    expect(await versions("name IN ('a', 'b') AND version_number >= 2")).toEqual(['a:2']);
    expect(await versions(`name = 'a' AND ${noPrompts}`)).toEqual(['a:1', 'a:2']);
    expect(await versions("source_path LIKE 'models:%'")).toEqual(['a:2']);
  });
});

describe('the end of models', () => {
  it('is out of sight for MLflow, archived for pipelines, and a number is not given twice', async () => {
    const { call, create, store } = await opened();
    await create('iris', `runs:/${stepRun}/model`);
    await create('iris', `runs:/${stepRun}/model`);
    await call('registered-models/alias', { name: 'iris', alias: 'best', version: '2' });
    expect((await call('model-versions/delete', { name: 'iris', version: '2' }, { method: 'DELETE' })).status).toBe(200);
    expect((await call('model-versions/get?name=iris&version=2')).status).toBe(404);
    expect((await call('registered-models/alias?name=iris&alias=best')).status).toBe(400);
    expect(await store.assets.find(['model'], 'iris', { version: '2' })).toMatchObject({ archivedAt: expect.any(String) });
    expect((await create('iris', `runs:/${stepRun}/model`)).body).toMatchObject({ model_version: { version: '3' } });
    await call('registered-models/delete', { name: 'iris' }, { method: 'DELETE' });
    expect((await call('registered-models/get?name=iris')).status).toBe(404);
    expect((await create('iris', `runs:/${stepRun}/model`)).body).toMatchObject({ model_version: { version: '4' } });
  });

  it('or another name leaves what pipelines name where it was', async () => {
    const { call, create, store, version } = await opened();
    await create('iris', `runs:/${stepRun}/model`, { tags: [{ key: 'k', value: 'v' }] });
    await call('registered-models/alias', { name: 'iris', alias: 'best', version: '1' });
    expect(await call('registered-models/rename', { name: 'iris', new_name: 'brought' })).toMatchObject({ body: { error_code: 'RESOURCE_ALREADY_EXISTS' } });
    expect((await call('registered-models/rename', { name: 'iris', new_name: 'flowers' })).body).toMatchObject({
      registered_model: { name: 'flowers', aliases: [{ alias: 'best', version: '1' }] },
    });
    expect(await version('flowers', '1')).toMatchObject({ run_id: stepRun, tags: [{ key: 'k', value: 'v' }] });
    expect((await call('registered-models/get?name=iris')).status).toBe(404);
    expect(await store.assets.find(['model'], 'iris', { version: '1' })).toMatchObject({ archivedAt: expect.any(String) });
  });
});
