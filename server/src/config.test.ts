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
    expect(await readConfig(home)).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('network') }] });
  });

  it('says what is wrong in it, and where it lies', async () => {
    const home = await tempFolder();
    const file = join(home, 'config.yml');
    for (const [text, ...messages] of [
      ['slots: many\n', '1:1: error slots must be a number, not "many".'],
      ['slots: [\n', '2:1: error This is not readable YAML: the [ before this is not closed: a ] is missing.'],
      ['slots: 2\nslots: 3\n', '2:1: error This is not readable YAML: the key slots stands here a second time.'],
      ['- slots\n', '1:1: error The file must be a map, not a list.'],
      ['network:\n  colour: red\n', '1:1: error network has unknown keys: colour.'],
      [
        'code:\n  max_bytes: lots\nkeep: -1\n',
        '2:3: error code.max_bytes is not valid: write a size as 500 MB or 2 GiB.',
        '3:1: error keep must be at least 0, not -1.',
      ],
    ]) {
      await writeFile(file, text ?? '');
      const outcome = await readConfig(home);
      const problems = outcome.ok ? [] : outcome.problems;
      expect(problems.map(({ line, column, severity, message }) => `${line}:${column}: ${severity} ${message}`)).toEqual(messages);
      for (const problem of problems) expect(problem.file).toBe(file);
    }
    const odd = await tempFolder();
    await mkdir(join(odd, 'config.yml'));
    expect(await readConfig(odd)).toMatchObject({
      ok: false,
      problems: [{ file: join(odd, 'config.yml'), message: expect.stringContaining('The file cannot be read') }],
    });
  });
});
