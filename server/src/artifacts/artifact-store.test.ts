import { execFile } from 'node:child_process';
import { appendFile, chmod, link, mkdir, readdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { createArtifactStore } from './create-artifact-store.ts';

interface Place {
  readonly store: ArtifactStore;
  readonly objects: string;
  readonly folder: string;
}

async function place(now: () => number = Date.now): Promise<Place> {
  const root = await tempFolder();
  const folder = join(root, 'out');
  await mkdir(folder);
  return { store: createArtifactStore(join(root, 'objects'), now), objects: join(root, 'objects'), folder };
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function read(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')] as const));
  return Object.fromEntries(texts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;
const isRoot = process.getuid?.() === 0;

describe('collecting', () => {
  it('keeps a folder as it is, read-only, without a second copy of its bytes', async () => {
    const { store, folder } = await place();
    await write(folder, { 'data.parquet': 'rows', 'plots/a.json': '{}' });
    const content = await store.collect(folder);
    expect(content).toMatchObject({ isFolder: true, fileCount: 2, sizeBytes: 6 });
    expect(await read(store.pathOf(content.hash))).toEqual({ 'data.parquet': 'rows', 'plots/a.json': '{}' });
    const kept = join(store.pathOf(content.hash), 'data.parquet');
    expect(await modeOf(kept)).toBe(0o444);
    expect((await stat(kept)).ino).toBe((await stat(join(folder, 'data.parquet'))).ino);
  });

  it('gives the same content the same hash, whatever it is called outside and however old it is', async () => {
    const { store, folder } = await place();
    await write(folder, { 'one/b': '2', 'one/a': '1', 'two/a': '1', 'two/b': '2', 'three/a': '2', 'three/b': '1' });
    await utimes(join(folder, 'two/a'), 1, 1);
    const [one, two, three] = await Promise.all(['one', 'two', 'three'].map(async (name) => await store.collect(join(folder, name))));
    expect(two).toEqual(one);
    expect(three?.hash).not.toBe(one?.hash);
    const file = await store.collect(join(folder, 'one/a'));
    expect(file).toEqual({ hash: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b', isFolder: false, sizeBytes: 1, fileCount: 1 });
    expect(await readFile(store.pathOf(file.hash), 'utf8')).toBe('1');
  });

  it('keeps an empty folder', async () => {
    const { store, folder } = await place();
    const content = await store.collect(folder);
    expect(content).toMatchObject({ isFolder: true, fileCount: 0 });
    expect(await readdir(store.pathOf(content.hash))).toEqual([]);
  });

  it('follows links that stay inside, and keeps the bytes that they lead to', async () => {
    const { store, folder } = await place();
    await write(folder, { 'v1/model.pkl': 'model' });
    await symlink('v1', join(folder, 'latest'));
    await symlink('v1/model.pkl', join(folder, 'model.pkl'));
    const { hash } = await store.collect(folder);
    await rm(folder, { recursive: true });
    expect(await read(store.pathOf(hash))).toEqual({ 'latest/model.pkl': 'model', 'model.pkl': 'model', 'v1/model.pkl': 'model' });
  });

  it('refuses links that lead out, nowhere or in a circle', async () => {
    const { store, folder } = await place();
    await symlink('/etc/hostname', join(folder, 'a'));
    await expect(store.collect(folder)).rejects.toThrow(/a is a link that leads out/);
    await rm(join(folder, 'a'));
    await symlink('nothing', join(folder, 'b'));
    await expect(store.collect(folder)).rejects.toThrow(/b is a link to something that does not exist/);
    await rm(join(folder, 'b'));
    await mkdir(join(folder, 'c'));
    await symlink('..', join(folder, 'c/up'));
    await expect(store.collect(folder)).rejects.toThrow(/up is a link to a folder that it lies in/);
  });

  it('refuses what is neither file nor folder, and does not wait for it', async () => {
    const { store, folder } = await place();
    await promisify(execFile)('mkfifo', [join(folder, 'pipe')]);
    await expect(store.collect(folder)).rejects.toThrow(/pipe is neither a file nor a folder/);
    await expect(store.collect(join(folder, 'pipe'))).rejects.toThrow(/neither a file nor a folder/);
  });

  it('copies bytes that have another owner: a hard link of somebody’s data, or what a link at the root leads to', async () => {
    const { store, folder } = await place();
    await write(folder, { 'mine.csv': 'a', 'theirs.csv': 'b' });
    await link(join(folder, 'mine.csv'), join(folder, 'output'));
    await symlink(join(folder, 'theirs.csv'), join(folder, 'link'));
    for (const name of ['output', 'link']) await store.collect(join(folder, name));
    await appendFile(join(folder, 'mine.csv'), ' changed');
    await appendFile(join(folder, 'theirs.csv'), ' changed');
    const kept = await Promise.all(['a', 'b'].map(async (text) => await readFile(store.pathOf((await store.hash(await fileWith(folder, text))).hash), 'utf8')));
    expect(kept).toEqual(['a', 'b']);
    expect(await modeOf(join(folder, 'mine.csv'))).not.toBe(0o444);
  });

  it('leaves nothing half made: content is there whole or not at all', async () => {
    const { store, folder, objects } = await place();
    await write(folder, { a: '1' });
    await symlink('/etc/hostname', join(folder, 'b'));
    await expect(store.collect(folder)).rejects.toThrow();
    expect(await readdir(objects).catch(() => [])).toEqual([]);
  });

  it('takes in the same content many times at once', async () => {
    const { store, folder, objects } = await place();
    const folders = Array.from({ length: 8 }, (_, index) => join(folder, String(index)));
    for (const each of folders) await write(each, { a: '1', b: '2' });
    const hashes = await Promise.all(folders.map(async (each) => (await store.collect(each)).hash));
    expect(new Set(hashes).size).toBe(1);
    const [hash = ''] = hashes;
    expect(await readdir(join(objects, hash.slice(0, 2)))).toEqual([hash]);
    expect(await read(store.pathOf(hash))).toEqual({ a: '1', b: '2' });
  });
});

async function fileWith(folder: string, text: string): Promise<string> {
  const path = join(folder, `with-${text}`);
  await writeFile(path, text);
  return path;
}

describe('hashing', () => {
  it('sees every change, also one that keeps size and time', async () => {
    let now = Date.now() + 60_000;
    const { store, folder } = await place(() => now);
    const file = join(folder, 'data.csv');
    await writeFile(file, 'one');
    const { mtime } = await stat(file);
    const first = await store.hash(file);
    expect(await store.hash(file)).toEqual(first);
    now += 60_000;
    await writeFile(file, 'two');
    await utimes(file, mtime, mtime);
    expect((await store.hash(file)).hash).not.toBe(first.hash);
  });

  it('hashes a large file as it does a small one', async () => {
    const { store, folder } = await place();
    const file = join(folder, 'large');
    await writeFile(file, '');
    await truncate(file, 64 * 1024 * 1024 + 1);
    const { stdout } = await promisify(execFile)('sha256sum', [file]);
    expect((await store.hash(file)).hash).toBe(stdout.split(' ')[0]);
  });
});

describe('code', () => {
  it('is what the folder holds, without the definition and what changes by itself', async () => {
    const { store, folder } = await place();
    await write(folder, {
      'component.yml': 'name: x',
      'train.py': 'print()',
      'lib/model.py': '',
      'tests/test_model.py': '',
      '.git/HEAD': '',
      '__pycache__/train.cpython-311.pyc': '',
      'lib/old.pyc': '',
      '.ipynb_checkpoints/a.py': '',
      'node_modules/a/index.js': '',
      '.venv/bin/python': '',
    });
    const snapshot = await store.collectCode({ folder, includes: [], definition: join(folder, 'component.yml') });
    expect(Object.keys(snapshot.files)).toEqual(['lib/model.py', 'tests/test_model.py', 'train.py']);
  });

  it('obeys .amlignore before .gitignore', async () => {
    const { store, folder } = await place();
    await write(folder, {
      'a.py': '',
      'data/big.csv': '',
      'data/keep.csv': '',
      'deep/data/x': '',
      'run.log': '',
      'notes/run.log': '',
      'top.txt': '',
      'sub/top.txt': '',
    });
    await write(folder, { '.gitignore': '*.py\n' });
    const names = async (): Promise<string[]> =>
      Object.keys((await store.collectCode({ folder, includes: [], definition: null })).files).filter((name) => !name.startsWith('.'));
    expect(await names()).not.toContain('a.py');
    await write(folder, { '.amlignore': '# comment\n\n/data/*\n!data/keep.csv\n*.log\n/top.txt\ndeep/**/x\n' });
    expect(await names()).toEqual(['a.py', 'data/keep.csv', 'sub/top.txt']);
  });

  it('obeys ignore files in folders of its own, the nearest first; those of one kind only', async () => {
    const { store, folder } = await place();
    await write(folder, {
      '.gitignore': 'big/\n*.log\n',
      'main.py': '',
      'big/x': '',
      'big/.gitignore': '!x\n',
      'lib/.gitignore': '!keep.log\n/made/\n',
      'lib/keep.log': '',
      'lib/other.log': '',
      'lib/made/y': '',
      'lib/sub/made/z': '',
    });
    const names = async (): Promise<string[]> =>
      Object.keys((await store.collectCode({ folder, includes: [], definition: null })).files).filter((name) => !name.includes('ignore'));
    expect(await names()).toEqual(['lib/keep.log', 'lib/sub/made/z', 'main.py']);
    await write(folder, { '.amlignore': 'main.py\n', 'lib/.amlignore': 'sub\n' });
    expect(await names()).toEqual(['big/x', 'lib/keep.log', 'lib/made/y', 'lib/other.log']);
  });

  it('is refused where it is too large, with what is in it and how to leave it out', async () => {
    const { objects, folder } = await place();
    const store = createArtifactStore(objects, Date.now, { maxBytes: 1000, maxFiles: 4, dataFolder: null });
    await write(folder, { 'train.py': 'x', 'data/a.csv': 'x'.repeat(1500), 'data/b.csv': 'x'.repeat(600), 'model.bin': 'x'.repeat(300) });
    const collect = async (): Promise<unknown> => await store.collectCode({ folder, includes: [], definition: null });
    await expect(collect()).rejects.toThrow(
      `The code ${folder} holds 2.40 kB in 4 files, more than the 1.00 kB that the code of a step may have. Most of it: data/ (2.10 kB, 2 files), model.bin (300 B), train.py (1 B). ` +
        `Name what the step does not read in ${folder}/.amlignore (or .gitignore), one pattern a line, such as /data/; data belongs in an input; or raise code.max_bytes in config.yml.`,
    );
    await write(folder, { '.amlignore': '/data/\n' });
    await expect(collect()).resolves.toBeDefined();
    await write(folder, { 'many/1': '', 'many/2': '', 'many/3': '' });
    await expect(collect()).rejects.toThrow('6 files, more than the 4 files that the code of a step may have. Most of it: many/ (0 B, 3 files)');
  });

  it('is never the machine, the home folder, or what holds the data folder', async () => {
    const { objects, folder } = await place();
    const store = createArtifactStore(objects, Date.now, { maxBytes: 1000, maxFiles: 4, dataFolder: join(folder, 'deep', 'home') });
    await write(folder, { 'deep/home/config.yml': '', 'deep/src/a.py': '' });
    await symlink('/', join(folder, 'link'));
    const collect = async (code: string): Promise<unknown> => await store.collectCode({ folder: code, includes: [], definition: null });
    await expect(collect('/')).rejects.toThrow('/ cannot be the code of a step: it is the whole machine');
    await expect(collect(join(folder, 'link'))).rejects.toThrow('it is the whole machine');
    await expect(collect(homedir())).rejects.toThrow('it is your home folder');
    await expect(collect(join(folder, 'deep'))).rejects.toThrow('a folder that the data folder of Pipewright');
    await expect(collect(join(folder, 'deep', 'home'))).rejects.toThrow('it is the data folder of Pipewright');
    await expect(collect(join(folder, 'deep', 'src'))).resolves.toBeDefined();
  });

  it('has what is included beside it, under its base name', async () => {
    const { store, folder } = await place();
    await write(folder, { 'code/main.py': '1', 'shared/util/a.py': '2', 'shared/util/__pycache__/a.pyc': '', 'settings.json': '{}' });
    const snapshot = await store.collectCode({
      folder: join(folder, 'code'),
      includes: [join(folder, 'shared/util'), join(folder, 'settings.json')],
      definition: null,
    });
    expect(Object.keys(snapshot.files)).toEqual(['main.py', 'settings.json', 'util/a.py']);
    const target = join(folder, 'work');
    await store.copyTo(snapshot.hash, target);
    expect(await read(target)).toEqual({ 'main.py': '1', 'settings.json': '{}', 'util/a.py': '2' });
  });

  it('comes out as a fresh copy that may be changed, with its programs executable', async () => {
    const { store, folder } = await place();
    await write(folder, { 'run.sh': '#!/bin/bash\necho ran', 'lib/a.py': '1' });
    const plain = await store.collectCode({ folder, includes: [], definition: null });
    await chmod(join(folder, 'run.sh'), 0o755);
    const snapshot = await store.collectCode({ folder, includes: [], definition: null });
    expect(snapshot.hash).not.toBe(plain.hash);
    await appendFile(join(folder, 'lib/a.py'), 'edited later');
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    await store.copyTo(snapshot.hash, one);
    await writeFile(join(one, 'lib/a.py'), 'changed by the step');
    await store.copyTo(snapshot.hash, two);
    expect(await readFile(join(two, 'lib/a.py'), 'utf8')).toBe('1');
    expect(await modeOf(join(two, 'lib/a.py'))).toBe(0o644);
    expect((await promisify(execFile)(join(two, 'run.sh'))).stdout).toBe('ran\n');
  });
});

describe.skipIf(isRoot)('rights', () => {
  it('keeps steps from writing to what is stored', async () => {
    const { store, folder } = await place();
    await write(folder, { a: '1' });
    const { hash } = await store.collect(folder);
    await expect(writeFile(join(store.pathOf(hash), 'a'), '2')).rejects.toThrow(/EACCES/);
  });
});
