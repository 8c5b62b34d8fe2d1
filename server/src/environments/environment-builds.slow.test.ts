import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { builderIn, environmentOf, failureOf, needs, prepare, run } from '../testing/environment-builds.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import type { EnvironmentBuilder } from './environment-builder.ts';

/** uv is fetched once for all tests, where a test does not say otherwise. */
let commonTools = '';
beforeAll(async () => {
  commonTools = await mkdtemp(join(tmpdir(), 'pipewright-test-tools-'));
});
afterAll(async () => await rm(commonTools, { recursive: true }));

async function place(): Promise<{ readonly builder: EnvironmentBuilder; readonly home: string }> {
  const home = await tempFolder();
  return { home, builder: builderIn(home, commonTools) };
}

describe('a build', () => {
  it('makes a virtual environment with compiled bytecode, tells what it does, and is found again by the next server', async () => {
    const { builder, home } = await place();
    const definition = { ...needs('six==1.16.0'), variables: { A: '1' } };
    expect(await builder.ready(definition)).toBeUndefined();
    const { outcome, lines, progress } = await prepare(builder, definition);
    const environment = environmentOf(outcome);
    expect(environment).toMatchObject({ hash: builder.hashOf(definition), builder: 'uv', variables: { A: '1' }, notes: [] });
    const { stdout } = await run(join(environment.binFolder, 'python'), ['-c', 'import six, pip; print(six.__version__, six.__cached__)']);
    expect(stdout).toMatch(/^1\.16\.0 .*\.pyc\n$/);
    await access(stdout.trim().split(' ')[1] ?? '');
    expect(lines.join('\n')).toContain('six==1.16.0');
    expect(progress).toContain('making the environment');
    expect(await readFile(join(home, 'environments', environment.hash, 'build.log'), 'utf8')).toBe(`${lines.join('\n')}\n`);

    const next = builderIn(home, commonTools);
    expect(await next.ready(definition)).toEqual(environment);
    expect(await next.builds()).toMatchObject([{ hash: environment.hash, status: 'ready', builder: 'uv' }]);
  });

  it('is one for all who ask at the same time, and each hears all of it', async () => {
    const { builder, home } = await place();
    const asked = await Promise.all([prepare(builder, needs('six==1.16.0')), prepare(builder, needs('six==1.16.0')), prepare(builder, needs('attrs==23.2.0'))]);
    const [first, second, other] = asked.map(({ outcome }) => environmentOf(outcome));
    expect(second).toEqual(first);
    expect(other?.hash).not.toBe(first?.hash);
    expect(asked[1]?.lines).toEqual(asked[0]?.lines);
    expect(new Set(await readdir(join(home, 'environments')))).toEqual(new Set([first?.hash, other?.hash, 'locks']));
  });

  it('that did not come to its end is made anew', async () => {
    const { builder, home } = await place();
    const definition = needs('six==1.16.0');
    const folder = join(home, 'environments', builder.hashOf(definition));
    await mkdir(join(folder, 'old', 'venv', 'bin'), { recursive: true });
    await writeFile(join(folder, 'ready.json.new'), '{');
    expect(await builder.ready(definition)).toBeUndefined();
    expect((await prepare(builder, definition)).outcome.ok).toBe(true);
    await expect(access(join(folder, 'old'))).rejects.toThrow();
  });

  it('is made anew when its interpreter is gone', async () => {
    const { builder } = await place();
    const definition = needs('six==1.16.0');
    const { python } = environmentOf((await prepare(builder, definition)).outcome);
    await rm(python);
    expect(await builder.ready(definition)).toBeUndefined();
    expect((await prepare(builder, definition)).outcome.ok).toBe(true);
  });

  it('leaves nothing when it fails, says what and why, and may be tried again', async () => {
    const { builder, home } = await place();
    const definition = needs('pipewright-no-such-package-1234');
    const failure = failureOf((await prepare(builder, definition)).outcome);
    expect(failure.message).toBe('The packages could not be installed: there is no package pipewright-no-such-package-1234. Look at its spelling.');
    expect(failure.firstError).toContain('pipewright-no-such-package-1234 was not found');
    expect(failure.lastLines.length).toBeGreaterThan(0);
    expect(await readdir(join(home, 'environments'))).toEqual([]);
    expect(await builder.builds()).toMatchObject([{ status: 'failed', builder: 'uv', message: failure.message }]);
    expect((await prepare(builder, definition)).outcome.ok).toBe(false);
  });

  it('says when the index cannot be reached', async () => {
    for (const [name, value] of Object.entries({
      UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple',
      UV_HTTP_RETRIES: '0',
      UV_NO_CACHE: '1',
      UV_FIND_LINKS: '',
      UV_INDEX: '',
    }))
      vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { builder } = await place();
    const failure = failureOf((await prepare(builder, needs('six==1.16.0'))).outcome);
    expect(failure.message).toContain('the package index could not be reached');
  });
});

describe('a pin without a build for this Python', () => {
  it('gives way to the nearest newer version that has one, and says so', async () => {
    const { builder, home } = await place();
    // Its wheels end at Python 3.9, and its source no longer builds.
    const { outcome } = await prepare(builder, needs('pyyaml==5.4.1', 'six==1.16.0'));
    const { notes, binFolder, hash } = environmentOf(outcome);
    expect(notes).toEqual([expect.stringMatching(/^pyyaml 6\.\S+ stands in for pyyaml==5\.4\.1, which has no build for Python 3/)]);
    const { stdout } = await run(join(binFolder, 'python'), ['-c', 'import yaml, six; print(yaml.__version__, six.__version__)']);
    expect(stdout).toMatch(/^6\..* 1\.16\.0\n$/);
    // Made again from its lock, it says so still.
    await rm(join(home, 'environments', hash), { recursive: true });
    expect(environmentOf((await prepare(builderIn(home, commonTools), needs('pyyaml==5.4.1', 'six==1.16.0'))).outcome).notes).toEqual(notes);
  });

  it('does not give way when the version never was', async () => {
    const { builder } = await place();
    expect(failureOf((await prepare(builder, needs('six==99'))).outcome).message).toContain('there is no version six==99');
  });
});

describe('a strict environment', () => {
  it('does not give way', async () => {
    const { builder } = await place();
    const failure = failureOf((await prepare(builder, { ...needs('pyyaml==5.4.1'), resolution: 'strict' })).outcome);
    expect(failure.message).toMatch(/pyyaml.* has no build for this Python/);
  });
});

describe('the lock of a build', () => {
  /** The only index there is: a folder with a package of our own in some versions. */
  async function indexOf(...versions: string[]): Promise<string> {
    const folder = await tempFolder();
    for (const version of versions) await writeWheel(folder, version);
    for (const [name, value] of Object.entries({ UV_NO_INDEX: '1', PIP_FIND_LINKS: folder, UV_NO_CACHE: '1' })) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    return folder;
  }

  async function writeWheel(folder: string, version: string): Promise<void> {
    const file = join(folder, `pw_mine-${version}-py3-none-any.whl`);
    const info = `pw_mine-${version}.dist-info`;
    const script = `
import zipfile
with zipfile.ZipFile(${JSON.stringify(file)}, 'w') as z:
    z.writestr('pw_mine.py', 'version = "${version}"')
    z.writestr('${info}/METADATA', 'Metadata-Version: 2.1\\nName: pw-mine\\nVersion: ${version}\\n')
    z.writestr('${info}/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    z.writestr('${info}/RECORD', '')`;
    await run('python3', ['-c', script]);
  }

  it('outlives it: what is made again is what it was, or says what is not', async () => {
    // uv is fetched before the folder is all that there is.
    environmentOf((await prepare((await place()).builder, needs('six==1.16.0'))).outcome);
    const index = await indexOf('1.0');
    const { builder, home } = await place();
    const definition = needs('pw-mine');
    const first = environmentOf((await prepare(builder, definition)).outcome);
    expect((await builder.readLock(first.lock ?? ''))?.packages).toContain('pw-mine==1.0');

    const again = async () => {
      await rm(join(home, 'environments', builder.hashOf(definition)), { recursive: true });
      return environmentOf((await prepare(builder, definition)).outcome);
    };
    await writeWheel(index, '2.0');
    expect(await again()).toMatchObject({ lock: first.lock, notes: [] });
    await rm(join(index, 'pw_mine-1.0-py3-none-any.whl'));
    const last = await again();
    expect(last.notes).toEqual(['The environment was made again and is not what it was before: pw-mine 1.0 → 2.0.']);
    expect(last.lock).not.toBe(first.lock);
    expect(await builder.lockOf(definition)).toBe(last.lock);
  });
});

describe('a machine without uv', () => {
  it('is served by venv and pip where uv cannot be had', async () => {
    const wheels = await tempFolder();
    await run('python3', ['-m', 'pip', 'download', '--quiet', '--dest', wheels, 'six==1.16.0']);
    // An index that has six and nothing else.
    for (const [name, value] of Object.entries({ PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels })) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const home = await tempFolder();
    const builder = builderIn(home, join(home, 'tools'));
    const environment = environmentOf((await prepare(builder, needs('six==1.16.0'))).outcome);
    expect(environment.builder).toBe('venv');
    expect((await run(join(environment.binFolder, 'python'), ['-c', 'import six; print(six.__version__)'])).stdout).toBe('1.16.0\n');
    expect(await readdir(join(home, 'tools'))).toEqual([]);

    // Relaxed by pip itself: the version is not there, another one is.
    const other = environmentOf((await prepare(builder, needs('six==1.15.0'))).outcome);
    expect(other.notes).toEqual([expect.stringMatching(/^six 1\.16\.0 stands in for six==1\.15\.0, which has no build for Python 3/)]);
    expect((await run(join(other.binFolder, 'python'), ['-c', 'import six; print(six.__version__)'])).stdout).toBe('1.16.0\n');
    expect(failureOf((await prepare(builder, needs('pw-nothing'))).outcome).message).toContain('there is no package pw-nothing');
    expect((await prepare(builder, { ...needs('six==1.15.0'), resolution: 'strict' })).outcome.ok).toBe(false);
  });
});
