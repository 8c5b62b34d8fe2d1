import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, copyFile, cp, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { CodeSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { ArtifactStore, CodeRequest, StoredContent } from './artifact-store.ts';
import { HashCache } from './hash-cache.ts';
import { hashFile, hashFiles, hashOfTree, type HashedFile } from './hash-tree.ts';
import { readIgnoreRules } from './ignore-rules.ts';

/** The store in `objects/` of a data folder: `<hh>/<hash>/content` is the file or folder, read-only. */
export function createArtifactStore(objectsFolder: string, now: () => number): ArtifactStore {
  return new FileArtifactStore(objectsFolder, now);
}

class FileArtifactStore implements ArtifactStore {
  readonly #folder: string;
  readonly #cache: HashCache;

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#cache = new HashCache(now);
  }

  pathOf(hash: string): string {
    return join(this.#objectFolder(hash), 'content');
  }

  async has(hash: string): Promise<boolean> {
    return await access(this.pathOf(hash)).then(
      () => true,
      () => false,
    );
  }

  async hash(path: string): Promise<StoredContent> {
    const info = await stat(path);
    if (!info.isDirectory()) return toFileContent(await hashFile(path, this.#cache));
    return toTreeContent(await hashFiles(path, { cache: this.#cache }));
  }

  async collect(path: string): Promise<StoredContent> {
    const info = await stat(path);
    if (!info.isDirectory()) {
      const content = toFileContent(await hashFile(path));
      await this.#add(content.hash, async (target) => await take(path, target));
      return content;
    }
    const files = await hashFiles(path);
    const content = toTreeContent(files);
    await this.#add(content.hash, async (target) => await takeTree(files, target));
    return content;
  }

  async collectCode({ folder, includes, definition }: CodeRequest): Promise<CodeSnapshot> {
    const files = new Map<string, HashedFile>();
    if (folder !== null) for (const file of await this.#codeFiles(folder, definition)) files.set(file.name, file);
    for (const include of includes) {
      const base = basename(include);
      const found = (await stat(include)).isDirectory()
        ? (await this.#codeFiles(include, null)).map((file) => ({ ...file, name: `${base}/${file.name}` }))
        : [{ path: include, name: base, ...(await hashFile(include, this.#cache)) }];
      for (const file of found) files.set(file.name, file);
    }
    const sorted = [...files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const hash = hashOfTree(sorted);
    // A person goes on editing these files: the store needs bytes of its own, never links to theirs.
    await this.#add(hash, async (target) => await takeTree(sorted, target, copyFile));
    return { hash: ContentHash.parse(hash), files: Object.fromEntries(sorted.map((file) => [file.name, ContentHash.parse(file.hash)])) };
  }

  async copyTo(hash: string, target: string): Promise<void> {
    await cp(this.pathOf(hash), target, { recursive: true, mode: constants.COPYFILE_FICLONE });
    await makeWritable(target);
  }

  async #codeFiles(folder: string, definition: string | null): Promise<HashedFile[]> {
    const info = await stat(folder);
    if (!info.isDirectory()) return [{ path: folder, name: basename(folder), ...(await hashFile(folder, this.#cache)) }];
    const isIgnoredByRule = await readIgnoreRules(folder);
    const own = definition === null ? null : relative(folder, definition);
    return await hashFiles(folder, { cache: this.#cache, isIgnored: (name) => name === own || isIgnoredByRule(name) });
  }

  /** Made beside its place and renamed into it: whoever sees it sees all of it. */
  async #add(hash: string, fill: (target: string) => Promise<void>): Promise<void> {
    if (await this.has(hash)) return;
    const place = this.#objectFolder(hash);
    const building = `${place}.${randomUUID()}`;
    await mkdir(building, { recursive: true });
    try {
      await fill(join(building, 'content'));
      await rename(building, place);
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      if (!(await this.has(hash))) throw error;
    }
  }

  #objectFolder(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }
}

type Take = (source: string, target: string) => Promise<void>;

async function takeTree(files: readonly HashedFile[], target: string, takeFile: Take = take): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const folder of new Set(files.map((file) => dirname(file.name)))) await mkdir(join(target, folder), { recursive: true });
  for (const file of files) await takeFile(file.path, join(target, file.name));
}

/** The same bytes by another name; across file systems, a copy. */
async function take(source: string, target: string): Promise<void> {
  await link(source, target).catch(async () => await copyFile(source, target, constants.COPYFILE_FICLONE));
  await chmod(target, 0o444);
}

/** Files out of the store are read-only there; a working copy is the step's own. */
async function makeWritable(folder: string): Promise<void> {
  for (const file of await listAll(folder)) await chmod(file, 0o644);
}

async function listAll(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const toFileContent = ({ hash, sizeBytes }: { hash: string; sizeBytes: number }): StoredContent => ({ hash, isFolder: false, sizeBytes, fileCount: 1 });

const toTreeContent = (files: readonly HashedFile[]): StoredContent => ({
  hash: hashOfTree(files),
  isFolder: true,
  sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
  fileCount: files.length,
});

