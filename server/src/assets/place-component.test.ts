import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashFile } from '../artifacts/hash-file.ts';
import type { ExportedFolder } from '../export/exported-folder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { clearUnfinished, folderOfComponent, placeComponent } from './place-component.ts';

/** A component of one file beside its own, as it was hashed. */
async function componentOf(text: string) {
  const source = join(await tempFolder(), 'code.py');
  await writeFile(source, text);
  const files = new Map([
    ['code.py', { path: source, ...(await hashFile(source)) }],
    ['component.yml', { text: 'name: c\n' }],
  ]);
  const exported: ExportedFolder = { files, root: 'component.yml', notes: [], lacks: [] };
  const assets = join(await tempFolder(), 'assets');
  return { source, exported, assets, folder: folderOfComponent(assets, { name: 'c', version: '1', contentHash: 'h' }) };
}

const left = async (assets: string): Promise<string[]> => await readdir(join(assets, 'unfinished')).catch(() => []);

describe('the folder of a registered component', () => {
  it('is made once: what lies there stays as it is', async () => {
    const { exported, assets, folder } = await componentOf('one');
    expect(await placeComponent(exported, folder, assets)).toBeNull();
    expect(await readFile(join(folder, 'code.py'), 'utf8')).toBe('one');
    await writeFile(join(folder, 'mark'), '');
    expect(await placeComponent(exported, folder, assets)).toBeNull();
    expect((await readdir(folder)).toSorted()).toEqual(['code.py', 'component.yml', 'mark']);
    expect(await left(assets)).toEqual([]);
  });

  it('is not made of a file that is saved between hashing and copying', async () => {
    const { source, exported, assets, folder } = await componentOf('one');
    await writeFile(source, 'two');
    expect(await placeComponent(exported, folder, assets)).toBe(`${source} changed while it was being read. Try again when nothing writes to it.`);
    await rm(source);
    expect(await placeComponent(exported, folder, assets)).toContain(`${source} was removed while it was being read.`);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
    expect(await left(assets)).toEqual([]);
  });

  it('is made once by two that want it at the same time', async () => {
    const { exported, assets, folder } = await componentOf('one');
    const both = [placeComponent(exported, folder, assets), placeComponent(exported, folder, assets)];
    expect(await Promise.all(both)).toEqual([null, null]);
    expect((await readdir(folder)).toSorted()).toEqual(['code.py', 'component.yml']);
    expect(await left(assets)).toEqual([]);
  });

  it('leaves nothing behind of a server that ended in the middle', async () => {
    const { exported, assets } = await componentOf('one');
    await placeComponent(exported, join(assets, 'unfinished', 'half'), assets);
    expect(await left(assets)).toEqual(['half']);
    await clearUnfinished(assets);
    expect(await left(assets)).toEqual([]);
  });
});
