import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DataFolder, DataFolderError, readServerFile } from './data-folder.ts';
import { tempFolder } from './testing/temp-folder.ts';

const announced = { pid: 4711, url: 'http://127.0.0.1:8787', version: '0.1.0', startedAt: '2026-01-01T00:00:00.000Z' };

/** Another process that owns a folder until it is killed. */
async function ownerOf(path: string) {
  const source = `const { DataFolder } = await import(${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))});
    const folder = await DataFolder.open(${JSON.stringify(path)});
    await folder.announce({ pid: process.pid, url: 'http://127.0.0.1:1', version: '0', startedAt: '' });
    process.stdout.write('owned');
    setInterval(() => folder, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

describe('a data folder', () => {
  it('is made for its owner only, with all above it', async () => {
    const path = join(await tempFolder(), 'deep', 'home');
    const folder = await DataFolder.open(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    await folder[Symbol.asyncDispose]();
  });

  it('says who serves it while somebody does', async () => {
    const path = await tempFolder();
    const folder = await DataFolder.open(path);
    expect(await readServerFile(path)).toBeNull();
    await folder.announce(announced);
    expect(await readServerFile(path)).toEqual(announced);
    await folder[Symbol.asyncDispose]();
    expect(await readServerFile(path)).toBeNull();
  });

  it('has one owner, who is named to the second', async () => {
    const path = await tempFolder();
    const owner = await ownerOf(path);
    await expect(DataFolder.open(path)).rejects.toThrow(`The server with process id ${owner.pid} at http://127.0.0.1:1 is using the data folder ${path}.`);
  });

  it('is free again the moment its owner is killed, whatever it left behind', async () => {
    const path = await tempFolder();
    const owner = await ownerOf(path);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(await readFile(join(path, 'server.json'), 'utf8')).toContain(String(owner.pid));
    const folder = await DataFolder.open(path);
    expect(await readServerFile(path)).toBeNull();
    await folder[Symbol.asyncDispose]();
  });

  it('takes a server.json that is none for none', async () => {
    const path = await tempFolder();
    await writeFile(join(path, 'server.json'), '{"pid": ');
    expect(await readServerFile(path)).toBeNull();
  });

  it('says why it cannot be used', async () => {
    const path = join(await tempFolder(), 'file');
    await writeFile(path, '');
    await expect(DataFolder.open(path)).rejects.toThrow(`The data folder ${path} cannot be made: a file is in the way. Choose another with --home.`);
    await expect(DataFolder.open(join(path, 'below'))).rejects.toThrow(DataFolderError);
    const odd = await tempFolder();
    await writeFile(join(odd, 'lock.db'), 'x'.repeat(4096));
    await expect(DataFolder.open(odd)).rejects.toThrow(`The data folder ${odd} cannot be used: the file is not a database.`);
  });
});
