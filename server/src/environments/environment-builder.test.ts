import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { builderIn, environmentOf, failureOf, needs, onlyPath, prepare, programs, realPython, run } from '../testing/environment-builds.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import type { EnvironmentBuilder } from './environment-builder.ts';
import { RememberedLocks } from './remembered-locks.ts';

async function place(): Promise<{ readonly builder: EnvironmentBuilder; readonly home: string }> {
  const home = await tempFolder();
  return { home, builder: builderIn(home) };
}

describe('the host’s interpreter', () => {
  it('does for the base environment, and for what it has installed, by its real path and without a build', async () => {
    const { builder, home } = await place();
    const { outcome } = await prepare(builder, null);
    const python = await realPython();
    expect(environmentOf(outcome)).toMatchObject({ python, builder: 'host', notes: [] });
    expect(environmentOf((await prepare(builder, needs('pip>=1'))).outcome).builder).toBe('host');
    expect(await readdir(join(home, 'environments'))).toEqual(['locks']);
    expect((await run(join(environmentOf(outcome).binFolder, 'python'), ['-c', 'print(1)'])).stdout).toBe('1\n');
  });

  it('says so when it is only the nearest to the version that was asked for', async () => {
    const { builder } = await place();
    const { outcome } = await prepare(builder, { python: '==3.99.*', requirements: [], variables: {} });
    expect(environmentOf(outcome).notes).toEqual([expect.stringMatching(/Python ==3.99.\* was asked for; 3\.\d+\.\d+ is the nearest/)]);
  });

  it('is refused for another version where the environment is strict', async () => {
    const { builder } = await place();
    const failure = failureOf((await prepare(builder, { python: '==3.99.*', requirements: [], variables: {}, resolution: 'strict' })).outcome);
    expect(failure.message).toMatch(/^Python ==3\.99\.\* was asked for, strictly, and this machine has 3\.\d+\.\d+ at the nearest\./);
    expect(await builder.builds()).toMatchObject([{ status: 'failed', builder: null }]);
  });

  it('has a lock of what was asked for, which is looked at again when the machine has changed', async () => {
    const { builder, home } = await place();
    const definition = needs('pip>=1');
    const { lock } = environmentOf((await prepare(builder, definition)).outcome);
    const version = (await run(await realPython(), ['-c', 'import sys, pip; print("%d.%d.%d" % sys.version_info[:3], pip.__version__)'])).stdout
      .trim()
      .split(' ');
    expect(await builder.readLock(lock ?? '')).toEqual({ python: version[0], packages: [`pip==${version[1]}`] });
    expect(await builder.lockOf(definition)).toBe(lock);
    // As if a package had been installed since: the next server asks Python again, and finds the same.
    const file = join(home, 'environments', 'locks', `of-${builder.hashOf(definition)}.json`);
    const standing = await readFile(file, 'utf8');
    await writeFile(file, standing.replaceAll(/:\d+(?:\.\d+)?([,}])/g, ':1$1').replace(lock ?? '', 'other'));
    const changed = standing.replaceAll(/:\d+(?:\.\d+)?([,}])/g, ':1$1').replace(lock ?? '', 'other');
    // Who only plans finds the same, and writes nothing.
    expect(await new RememberedLocks(join(home, 'environments')).lockOf(definition)).toBe(lock);
    expect(await readFile(file, 'utf8')).toBe(changed);
    expect(await builderIn(home).lockOf(definition)).toBe(lock);
    expect(await readFile(file, 'utf8')).toBe(standing);
    // And as if what was asked for were gone: nothing stands for the definition until it is made.
    const absent = needs('pip>=1', 'pipewright-no-such-package-1234');
    const fileOfAbsent = join(home, 'environments', 'locks', `of-${builder.hashOf(absent)}.json`);
    await writeFile(fileOfAbsent, standing.replaceAll(/:\d+(?:\.\d+)?([,}])/g, ':1$1'));
    expect(await builderIn(home).lockOf(absent)).toBeNull();
    await expect(readFile(fileOfAbsent)).rejects.toThrow('ENOENT');
  });

  it('is looked at again before the next step when it may be another one', async () => {
    const { builder } = await place();
    const { lock } = environmentOf((await prepare(builder, null)).outcome);
    expect((await builder.ready(null))?.lock).toBe(lock);
    vi.stubEnv('PATH', `${process.env['PATH'] ?? ''}:/nonexistent`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await builder.ready(null)).toBeUndefined();
    expect(await builder.lockOf(null)).toBe(lock);
    expect((await builder.ready(null))?.lock).toBe(lock);
  });

  it('answers to `python` also where the system calls it python3 only', async () => {
    const real = await realPython();
    const bin = join(await tempFolder(), 'bin');
    await mkdir(bin);
    // As Debian has it: one binary and one name.
    await symlink(real, join(bin, 'python3'));
    const script = `#!/bin/sh\nif [ "$1" = -c ]; then shift; exec ${real} -c "import sys; sys.executable = '${join(bin, 'python3')}'\n$1"; fi\nexec ${real} "$@"\n`;
    onlyPath(await programs({ python3: script }));
    const { builder } = await place();
    const { binFolder } = environmentOf((await prepare(builder, null)).outcome);
    expect((await run(join(binFolder, 'python'), ['-c', 'import json; print(1)'])).stdout).toBe('1\n');
  });
});

describe('a build that is stopped', () => {
  /** A uv that says it has begun, and then takes its time. */
  async function slowUv(): Promise<string> {
    const folder = await tempFolder();
    const bin = await programs({
      python3: `#!/bin/sh\nexec ${await realPython()} "$@"\n`,
      uv: `#!/bin/sh\n[ "$1" = --version ] && exit 0\nsleep 600 & echo $! > ${folder}/child; echo begun $$; wait\n`,
    });
    onlyPath(`${bin}:${process.env['PATH'] ?? ''}`);
    return folder;
  }

  const begun = async (lines: readonly string[]): Promise<void> =>
    await expect.poll(() => lines.join('\n'), { timeout: 10_000, interval: 10 }).toContain('begun');

  it('ends with all that it has started when nobody waits any more, and is gone', async () => {
    const folder = await slowUv();
    const { builder, home } = await place();
    const [one, two] = [new AbortController(), new AbortController()];
    const lines: string[] = [];
    const listener = { line: (text: string) => lines.push(text), progress: () => undefined };
    const first = builder.prepare(needs('six==1.0'), listener, one.signal);
    await begun(lines);
    const second = builder.prepare(needs('six==1.0'), { line: () => undefined, progress: () => undefined }, two.signal);
    one.abort();
    expect(failureOf(await first).message).toBe('The build of the environment was stopped.');
    expect(await builder.builds()).toMatchObject([{ status: 'building' }]);
    two.abort();
    await second;
    await expect.poll(async () => await builder.builds(), { timeout: 10_000 }).toEqual([]);
    expect(await readdir(join(home, 'environments'))).toEqual([]);
    const child = (await readFile(join(folder, 'child'), 'utf8')).trim();
    await expect.poll(async () => (await readFile(`/proc/${child}/stat`, 'utf8').catch(() => ') Z')).split(') ')[1]?.[0], { timeout: 10_000 }).toBe('Z');
  });

  it('does not take along the one that is asked for right after', async () => {
    await slowUv();
    const { builder } = await place();
    const one = new AbortController();
    const lines: string[] = [];
    const first = builder.prepare(needs('six==1.0'), { line: (text) => lines.push(text), progress: () => undefined }, one.signal);
    await begun(lines);
    one.abort();
    const again: string[] = [];
    const two = new AbortController();
    const second = builder.prepare(needs('six==1.0'), { line: (text) => again.push(text), progress: () => undefined }, two.signal);
    await first;
    await begun(again);
    two.abort();
    await second;
  });

  it('is not begun for one who no longer wants it', async () => {
    const { builder } = await place();
    expect(failureOf((await prepare(builder, needs('six==1.0'), AbortSignal.abort())).outcome).message).toContain('stopped');
    expect(await builder.builds()).toEqual([]);
  });
});

describe('a machine that lacks something', () => {
  it('says what to install where there is no Python, and sees it once it is there', async () => {
    const bin = await programs({});
    const real = await realPython();
    onlyPath(bin);
    const { builder } = await place();
    expect(failureOf((await prepare(builder, null)).outcome).message).toContain('Install Python 3');
    await writeFile(join(bin, 'python3'), `#!/bin/sh\nexec ${real} "$@"\n`, { mode: 0o755 });
    expect(environmentOf((await prepare(builder, null)).outcome).python).toBe(real);
  });
});
