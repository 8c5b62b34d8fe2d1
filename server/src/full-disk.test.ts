import { execFile, spawnSync } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { DiskReserve } from './disk-reserve.ts';
import { tempFolder } from './testing/temp-folder.ts';

/** A small disk of one's own takes a mount, which not every system lets people make. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
const main = join(import.meta.dirname, 'main.ts');

const pipeline = `jobs:
  fill:
    command: head -c 90000000 /dev/zero > \${{outputs.data}}/big
    outputs: { data: { type: uri_folder } }
  small:
    command: echo hi > \${{outputs.o}}
    outputs: { o: { type: uri_file } }
`;

describe.skipIf(!canMount)('a full disk', () => {
  it('fails the step with that reason; the database remembers it, and after a gc all goes on', async () => {
    const cwd = await tempFolder();
    const home = join(cwd, 'home');
    await mkdir(home);
    await writeFile(join(cwd, 'big.yml'), pipeline);
    await writeFile(join(cwd, 'small.yml'), pipeline.replace('90000000', '9000'));
    const pipewright = `timeout -s KILL 30 ${process.execPath} ${main}`;
    const script = [
      `mount -t tmpfs -o size=48m none ${home}`,
      `${pipewright} run big.yml --json > big.json; echo $? > big.status`,
      `${pipewright} runs show 1 > shown.txt`,
      `${pipewright} gc --keep 0 --json > gc.json`,
      `${pipewright} run small.yml --json > small.json; echo $? > small.status`,
    ].join('\n');
    await promisify(execFile)('unshare', ['-rm', 'sh', '-c', script], { cwd, env: { ...process.env, PIPEWRIGHT_HOME: home } });
    const said = async (name: string): Promise<string> => await readFile(join(cwd, name), 'utf8');

    expect(await said('big.status')).toBe('1\n');
    const { run, steps } = JSON.parse(await said('big.json'));
    expect(run).toMatchObject({ status: 'failed', error: expect.stringContaining('The disk is full') });
    expect(steps).toMatchObject([
      { key: 'fill', error: expect.stringMatching(/disk is full.*pipewright gc/) },
      { key: 'small', status: 'completed' },
    ]);
    expect(await said('shown.txt')).toContain('The disk is full');
    expect(JSON.parse(await said('gc.json')).freedBytes).toBeGreaterThan(40_000_000);
    expect(await said('small.status')).toBe('0\n');
    expect(JSON.parse(await said('small.json')).run.status).toBe('completed');
  }, 90_000);
});

describe('the reserve', () => {
  it('is laid by where there is plenty, and gone the moment that it is needed', async () => {
    const path = join(await tempFolder(), 'reserve');
    const reserve = new DiskReserve(path);
    reserve.fill();
    await reserve[Symbol.asyncDispose]();
    expect((await readFile(path)).length).toBeGreaterThan(1_000_000);
    reserve.giveUp();
    reserve.giveUp();
    await expect(access(path)).rejects.toThrow('ENOENT');
  });

  it('is nothing that a folder without it suffers from', async () => {
    const reserve = new DiskReserve(join(await tempFolder(), 'missing', 'reserve'));
    reserve.fill();
    await expect(reserve[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });
});
