import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../logger.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { RegistryStore, Store } from '../store/store.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { createComponentRegistry } from './create-component-registry.ts';
import { createEnvironmentRegistry } from './create-environment-registry.ts';
import { registerBuiltIns } from './register-built-ins.ts';

const component = (name: string, version = '1'): string => `type: command\nname: ${name}\nversion: ${version}\ncommand: echo ${name} ${version}\n`;
const logger = createLogger('silent');
const now = '2026-01-01T00:00:00.000Z';

async function emptyStore(): Promise<Store> {
  const store = await openSqliteStore(join(await tempFolder(), 'pipewright.db'));
  onTestFinished(async () => await store[Symbol.asyncDispose]());
  return store;
}

const emptyRegistry = async (): Promise<RegistryStore> => (await emptyStore()).registry;

/** A catalog of these files. */
async function catalogOf(files: Readonly<Record<string, string>>): Promise<string> {
  const catalog = await tempFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(catalog, path, '..'), { recursive: true });
    await writeFile(join(catalog, path), text);
  }
  return catalog;
}

async function registryOf(files: Readonly<Record<string, string>>): Promise<Pick<Store, 'registry' | 'assets'> & { catalog: string }> {
  const catalog = await catalogOf(files);
  const { registry, assets } = await emptyStore();
  await registerBuiltIns({ catalog, registry, assets, logger, now });
  return { registry, assets, catalog };
}

describe('what comes with the product', () => {
  it('is registered without what is broken', async () => {
    const { registry } = await registryOf({
      'components/good/component.yml': component('good'),
      'components/broken/component.yml': 'command: [\n',
      'components/nameless/component.yml': 'command: echo\n',
      'components/README.md': 'not a component',
      'environments/fine.yml': 'python: ">=3.9"\nrequirements: [numpy]\n',
      'environments/broken.yml': 'requirements: { a: [\n',
    });
    expect((await registry.components()).map(({ name }) => name)).toEqual(['good']);
    expect((await registry.environments()).map(({ name }) => name)).toEqual(['fine']);
  });

  it('may be missing altogether', async () => {
    const { registry } = await registryOf({});
    expect(await registry.components()).toEqual([]);
    expect(await registry.environments()).toEqual([]);
  });

  it('is replaced by what the next release brings under the same version', async () => {
    const { registry, assets } = await registryOf({ 'components/c/component.yml': component('c') });
    const next = await catalogOf({ 'components/c/component.yml': `${component('c')}description: better\n` });
    await registerBuiltIns({ catalog: next, registry, assets, logger, now });
    expect(await registry.component('c', '1')).toMatchObject({ component: { description: 'better' }, folder: join(next, 'components', 'c') });
  });
});

describe('a component', () => {
  it('is found by every spelling of its name', async () => {
    const { registry, catalog } = await registryOf({
      'components/old/component.yml': component('train'),
      'components/new/component.yml': component('train', '2'),
    });
    const components = createComponentRegistry(registry);
    const commandOf = async (reference: string): Promise<unknown> => {
      const found = await components.find(reference, null);
      return found && 'component' in found ? found.component.command : found;
    };
    expect(await commandOf('azureml:train:1')).toBe('echo train 1');
    for (const latest of ['azureml:train', 'azureml:train@latest', 'azureml:train:2']) expect(await commandOf(latest)).toBe('echo train 2');
    expect(await commandOf('azureml:train:3')).toBeUndefined();
    expect(await commandOf('azureml:other:1')).toBeUndefined();
    expect(await components.find('azureml:train:1', null)).toMatchObject({
      source: 'built-in',
      folder: join(catalog, 'components/old'),
      definition: join(catalog, 'components/old/component.yml'),
    });
  });

  it('of a registry in Azure is one that was registered here under its name, never one that comes with the product', async () => {
    const { registry } = await registryOf({ 'components/train/component.yml': component('train') });
    const components = createComponentRegistry(registry);
    const references = ['azureml://registries/azureml/components/train/versions/1', 'azureml://registries/azureml/components/train/labels/latest'];
    for (const reference of references) expect(await components.find(reference, null)).toBeUndefined();
    const brought = { type: 'command', name: 'train', version: '2', command: 'echo brought', inputs: {}, outputs: {} } as const;
    await registry.registerComponent({
      name: 'train',
      version: '2',
      component: brought,
      contentHash: 'x',
      folder: '/',
      source: 'registered',
      registeredAt: now,
      by: null,
    });
    expect(await components.find(references[1] ?? '', null)).toMatchObject({ component: { command: 'echo brought' } });
  });

  it('is found by its file, relative to the pipeline, and says what is wrong in it', async () => {
    const folder = await catalogOf({
      'shared/train.yml': component('train'),
      'p/broken.yml': 'type: command\ninputs:\n  a: { type: nothing }\n',
      'p/pipeline.yml': '',
    });
    const components = createComponentRegistry(await emptyRegistry());
    expect(await components.find('file:../shared/train.yml', join(folder, 'p'))).toMatchObject({
      source: 'file',
      folder: join(folder, 'shared'),
      component: { name: 'train' },
    });
    expect(await components.find(join(folder, 'shared/train.yml'), null)).toMatchObject({ source: 'file' });
    expect(await components.find('./broken.yml', join(folder, 'p'))).toMatchObject({
      severity: 'error',
      code: 'invalid-component',
      message: expect.stringMatching(/^\.\/broken\.yml cannot be used: /),
      file: join(folder, 'p/broken.yml'),
      line: 3,
      column: 8,
    });
    expect(await components.find('./nothing.yml', join(folder, 'p'))).toBeUndefined();
    expect(await components.find('../p', join(folder, 'p'))).toBeUndefined();
    // A draft made in the designer has no folder to look in.
    expect(await components.find('./train.yml', null)).toBeUndefined();
  });
});

describe('an environment', () => {
  const files = { 'environments/sklearn-1.5.yml': 'requirements: [scikit-learn==1.5.*]\n' };
  const note = (text: string) => ({ severity: 'note', code: 'mapped-environment', message: expect.stringContaining(text) });

  it('is found by name, also as one of a registry that is not here', async () => {
    const { registry } = await registryOf(files);
    const environments = createEnvironmentRegistry(registry, {});
    for (const reference of ['azureml:sklearn-1.5:1', 'azureml:sklearn-1.5@latest', 'azureml://registries/azureml/environments/sklearn-1.5/labels/latest']) {
      expect(await environments.find(reference, null)).toMatchObject({ environment: { requirements: ['scikit-learn==1.5.*'] }, asset: { version: '1' } });
    }
    expect(await environments.find('azureml:sklearn-1.5:40', null)).toMatchObject({
      environment: { requirements: ['scikit-learn==1.5.*'] },
      problems: [note('no version 40')],
    });
    expect(await environments.find('azureml:AzureML-sklearn-1.5@latest', null)).toMatchObject({
      environment: { requirements: ['scikit-learn==1.5.*'] },
    });
    expect(await environments.find('azureml:AzureML-pytorch:3', null)).toEqual({
      environment: null,
      folder: null,
      problems: [note('base Python environment')],
    });
  });

  it('is mapped to a file where the configuration says so, images by pattern', async () => {
    const { registry, catalog } = await registryOf({ ...files, 'own.yml': 'requirements: [numpy]\n' });
    const own = { environment: { requirements: ['numpy'] }, problems: [note('own.yml here, as config.yml says')] };
    const environments = createEnvironmentRegistry(registry, {
      'sklearn-1.5': join(catalog, 'own.yml'),
      'mcr.microsoft.com/*:latest': join(catalog, 'own.yml'),
    });
    expect(await environments.find('azureml:sklearn-1.5:1', null)).toMatchObject(own);
    expect(await environments.find({ image: 'mcr.microsoft.com/azureml/base:latest' }, null)).toMatchObject(own);
    expect(await environments.find({ image: 'mcr-microsoft.com/azureml/base:latest' }, null)).toMatchObject({ environment: null, problems: [note('image')] });
    expect(await environments.find({ image: 'debian', variables: { LEVEL: '3' } }, '/p')).toEqual({
      environment: { variables: { LEVEL: '3' } },
      folder: '/p',
      problems: [note('image debian')],
    });
  });

  it('is the base one, with a note, where it is an image alone, however that is named', async () => {
    const { registry } = await registryOf({});
    const folder = await catalogOf({
      'env.yml': 'name: e\nimage: debian\ndescription:\n',
      'built.yml': 'build: { path: ./docker }\n',
      'wrong.yml': 'image: [x]\n',
    });
    const record = { name: 'stored', version: '1', environment: { image: 'debian', requirements: [], variables: {} }, contentHash: 'x', folder: '/' };
    await registry.registerEnvironment({ ...record, source: 'registered', registeredAt: now, by: null });
    const environments = createEnvironmentRegistry(registry, {});
    for (const reference of ['./env.yml', 'azureml:stored:1'])
      expect(await environments.find(reference, folder)).toMatchObject({ problems: [note('image debian is not used')] });
    expect(await environments.find('./built.yml', folder)).toMatchObject({ problems: [note('Images are not built here')] });
    expect(await environments.find('./wrong.yml', folder)).toMatchObject({
      problems: [{ severity: 'error', message: './wrong.yml is not an environment: image must be text, not a list.' }],
    });
  });

  it('is read from a definition or a file, ours or conda’s', async () => {
    const folder = await catalogOf({
      'env/conda.yml': 'dependencies: [python=3.11, numpy]\n',
      'env/own.yml': 'requirements: [numpy]\n',
      'env/list.yml': '- numpy\n',
    });
    const environments = createEnvironmentRegistry(await emptyRegistry(), {});
    const inline = { requirements: ['numpy'] };
    expect(await environments.find(inline, folder)).toEqual({ environment: inline, folder, problems: [] });
    expect(await environments.find('./env/own.yml', folder)).toMatchObject({ environment: inline, folder: join(folder, 'env'), problems: [] });
    expect(await environments.find('file:env/conda.yml', folder)).toMatchObject({ environment: { conda_file: join(folder, 'env/conda.yml') }, problems: [] });
    const failed = (text: string) => ({
      environment: null,
      problems: [{ severity: 'error', code: 'unknown-environment', message: expect.stringContaining(text) }],
    });
    expect(await environments.find('./env/nothing.yml', folder)).toMatchObject({
      environment: null,
      problems: [{ severity: 'error', code: 'missing-file', message: expect.stringContaining('does not exist') }],
    });
    expect(await environments.find('./env/list.yml', folder)).toMatchObject(failed('is not an environment'));
    expect(await environments.find('./env/own.yml', null)).toMatchObject(failed('no folder to look in'));
  });
});
