import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { homeFolder, readConfig } from './config.ts';
import { tempFolder } from './testing/temp-folder.ts';

describe('the data folder to use', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is the one that is named, else that of the environment, else one at home', () => {
    vi.stubEnv('PIPEWRIGHT_HOME', '/srv/data');
    expect(homeFolder('elsewhere')).toBe(resolve('elsewhere'));
    expect(homeFolder(undefined)).toBe('/srv/data');
    vi.stubEnv('PIPEWRIGHT_HOME', undefined);
    vi.stubEnv('HOME', '/home/ada');
    expect(homeFolder(undefined)).toBe('/home/ada/.pipewright');
  });
});

describe('the configuration', () => {
  it('may be missing, empty, or hold keys that are for later', async () => {
    const home = await tempFolder();
    expect(await readConfig(home)).toMatchObject({ ok: true, config: { home, environments: {}, slots: expect.any(Number) } });
    for (const text of ['', '# nothing yet\n', 'notifications: later\n']) {
      await writeFile(join(home, 'config.yml'), text);
      expect(await readConfig(home)).toMatchObject({ ok: true });
    }
  });

  it('says how many steps run at once and which environments stand for others, by files beside it', async () => {
    const home = await tempFolder();
    await writeFile(join(home, 'config.yml'), 'slots: 3\nenvironments:\n  sklearn-1.5: envs/own.yml\n  mcr.microsoft.com/*: /abs/base.yml\n');
    const environments = { 'sklearn-1.5': join(home, 'envs/own.yml'), 'mcr.microsoft.com/*': '/abs/base.yml' };
    expect(await readConfig(home)).toMatchObject({ ok: true, config: { slots: 3, environments } });
  });

  it('says where data lies and what may be fetched, by places beside it', async () => {
    const home = await tempFolder();
    const text =
      'datastores: { blob: ../blob }\nurls: [ { from: "wasbs://a/", to: box }, { from: "abfss://b/", to: "https://c/d" } ]\nnetwork: { private_addresses: false, max_bytes: 2 MB }\n';
    await writeFile(join(home, 'config.yml'), text);
    expect(await readConfig(home)).toMatchObject({
      ok: true,
      config: {
        datastores: { blob: resolve(home, '../blob') },
        urls: [
          { from: 'wasbs://a/', to: join(home, 'box') },
          { from: 'abfss://b/', to: 'https://c/d' },
        ],
        network: { isFetched: true, arePrivateAllowed: false, maxBytes: 2_000_000 },
      },
    });
    await writeFile(join(home, 'config.yml'), 'network: { colour: red }\n');
    expect(await readConfig(home)).toMatchObject({ ok: false, message: expect.stringContaining('network') });
  });

  it('says what is wrong in it, and where it lies', async () => {
    const home = await tempFolder();
    const file = join(home, 'config.yml');
    await writeFile(file, 'slots: many\n');
    expect(await readConfig(home)).toMatchObject({ ok: false, message: expect.stringContaining('slots') });
    await writeFile(file, 'slots: [\n');
    expect(await readConfig(home)).toMatchObject({ ok: false, message: expect.stringContaining(file) });
    const odd = await tempFolder();
    await mkdir(join(odd, 'config.yml'));
    expect(await readConfig(odd)).toMatchObject({ ok: false, message: expect.stringContaining('config.yml cannot be read') });
  });
});
