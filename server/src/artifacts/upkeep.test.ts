import { appendFile, chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { createArtifactStore } from './create-artifact-store.ts';
import { UseRecord } from './use-record.ts';

const large = 'x'.repeat(100_000);
const inode = async (path: string): Promise<number> => (await stat(path)).ino;

async function place() {
  const root = await tempFolder();
  const store = createArtifactStore(join(root, 'objects'), Date.now);
  const fileOf = async (name: string, text: string): Promise<string> => {
    const path = join(root, name);
    await writeFile(path, text);
    return path;
  };
  return { root, store, fileOf };
}

describe('the same content twice', () => {
  it('lies on the disk once, also where it was written again', async () => {
    const { root, store, fileOf } = await place();
    const { hash } = await store.collect(await fileOf('first', large));
    const second = await fileOf('second', large);
    await store.collect(second);
    expect(await inode(second)).toBe(await inode(store.pathOf(hash)));
    expect(await readFile(second, 'utf8')).toBe(large);
    for (const name of ['one', 'two']) {
      await mkdir(join(root, name, 'deep'), { recursive: true });
      await writeFile(join(root, name, 'deep/large'), `${large}!`);
      await writeFile(join(root, name, 'small'), 'small');
    }
    const { hash: tree } = await store.collect(join(root, 'one'));
    await store.collect(join(root, 'two'));
    expect(await inode(join(root, 'two/deep/large'))).toBe(await inode(join(store.pathOf(tree), 'deep/large')));
    expect(await inode(join(root, 'two/small'))).not.toBe(await inode(join(store.pathOf(tree), 'small')));
    expect(await readdir(join(root, 'two/deep'))).toEqual(['large']);
  });

  it('is not trusted to a stored file that somebody has written to', async () => {
    const { store, fileOf } = await place();
    const { hash } = await store.collect(await fileOf('first', large));
    await chmod(store.pathOf(hash), 0o644);
    await writeFile(store.pathOf(hash), 'y'.repeat(large.length));
    const later = new Date(Date.now() + 1000);
    await utimes(store.pathOf(hash), later, later);
    const second = await fileOf('second', large);
    await store.collect(second);
    expect(await readFile(second, 'utf8')).toBe(large);
  });
});

describe('upkeep', () => {
  it('tells objects from what a process that died has left half built', async () => {
    const { store, fileOf } = await place();
    const { hash } = await store.collect(await fileOf('a', '1'));
    const { folder } = store.upkeep;
    const half = join(folder, hash.slice(0, 2), `${hash}.half`);
    await mkdir(half);
    expect(await store.upkeep.stored()).toEqual([{ hash, path: join(folder, hash.slice(0, 2), hash) }]);
    expect(await store.upkeep.leftovers()).toEqual([half]);
  });

  it('finds what is no longer what was stored, and has it replaced', async () => {
    const { store, fileOf } = await place();
    const { hash } = await store.collect(await fileOf('a', 'bytes'));
    expect(await store.upkeep.isIntact(hash)).toBe(true);
    await chmod(store.pathOf(hash), 0o644);
    await appendFile(store.pathOf(hash), '!');
    expect(await store.upkeep.isIntact(hash)).toBe(false);
    expect(await store.isDamaged(hash)).toBe(false);
    const aside = await store.upkeep.setAside(hash);
    expect([await store.has(hash), await store.isDamaged(hash)]).toEqual([false, true]);
    expect(await readFile(join(aside, 'content'), 'utf8')).toBe('bytes!');
    await store.collect(await fileOf('again', 'bytes'));
    expect([await store.has(hash), await store.isDamaged(hash), await store.upkeep.isIntact(hash)]).toEqual([true, false, true]);
    expect(await store.upkeep.damaged()).toMatchObject([{ hash, path: aside, isReplaced: true }]);
    // Another time, over the one that lies there.
    await rm(store.pathOf(hash));
    expect(await store.upkeep.isIntact(hash)).toBe(false);
    expect(await store.upkeep.setAside(hash)).toBe(aside);
  });
});

describe('the record of uses', () => {
  it('knows what was used since a moment, and since when somebody holds on', () => {
    let now = 100;
    const uses = new UseRecord(() => now);
    uses.note('a');
    expect([uses.isUsedSince('a', 100), uses.isUsedSince('a', 101), uses.isUsedSince('b', 0)]).toEqual([true, false, false]);
    const releases = [50, 200].map((at) => {
      now = at;
      return uses.hold();
    });
    now = 300;
    expect(uses.heldSince()).toBe(50);
    releases[0]?.();
    expect(uses.heldSince()).toBe(200);
    releases[1]?.();
    expect(uses.heldSince()).toBe(300);
  });

  it('forgets the longest unused first when there are too many', () => {
    const uses = new UseRecord(() => 1);
    uses.note('first');
    uses.note('second');
    uses.note('first');
    for (let index = 0; index < 199_999; index += 1) uses.note(String(index));
    expect([uses.isUsedSince('first', 1), uses.isUsedSince('second', 1)]).toEqual([true, false]);
  });
});
