import { randomUUID } from 'node:crypto';
import { access, lstat, mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { CodeSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { ArtifactStore, CodeRequest, StoredContent } from './artifact-store.ts';
import { copyFresh, fillTree, takeByCopy, takeByLink } from './fill-tree.ts';
import { HashCache } from './hash-cache.ts';
import { hashFile, type FileContent } from './hash-file.ts';
import { hashFiles, hashOfTree, type HashedFile } from './hash-tree.ts';
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
    const isFolder = (await stat(path)).isDirectory();
    return isFolder ? toTreeContent(await hashFiles(path, { cache: this.#cache })) : toFileContent(await hashFile(path, this.#cache));
  }

  async collect(path: string): Promise<StoredContent> {
    // What a link at the root leads to belongs to somebody else: it is copied.
    const take = (await lstat(path)).isSymbolicLink() ? takeByCopy : takeByLink;
    if ((await stat(path)).isDirectory()) {
      const files = await hashFiles(path);
      const content = toTreeContent(files);
      await this.#add(content.hash, async (target) => await fillTree(target, files, take));
      return content;
    }
    const file = await hashFile(path);
    await this.#add(file.hash, async (target) => await take({ path, ...file }, target));
    return toFileContent(file);
  }

  async collectCode({ folder, includes, definition }: CodeRequest): Promise<CodeSnapshot> {
    const files = new Map<string, HashedFile>();
    if (folder !== null) for (const file of await this.#codeFiles(folder, definition)) files.set(file.name, file);
    for (const include of includes) {
      const isFolder = (await stat(include)).isDirectory();
      for (const file of await this.#codeFiles(include, null)) files.set(isFolder ? `${basename(include)}/${file.name}` : file.name, file);
    }
    const sorted = [...files].map(([name, file]) => ({ ...file, name })).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const hash = hashOfCode(sorted);
    // A person goes on editing these files: the store needs bytes of its own, never links to theirs.
    await this.#add(hash, async (target) => await fillTree(target, sorted, takeByCopy));
    return { hash: ContentHash.parse(hash), files: Object.fromEntries(sorted.map((file) => [file.name, ContentHash.parse(file.hash)])) };
  }

  async copyTo(hash: string, target: string): Promise<void> {
    await copyFresh(this.pathOf(hash), target);
  }

  /** Of a folder, or of the one file that stands for it. */
  async #codeFiles(folder: string, definition: string | null): Promise<HashedFile[]> {
    if (!(await stat(folder)).isDirectory()) return [{ path: folder, name: basename(folder), ...(await hashFile(folder, this.#cache)) }];
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
      // Somebody else brought the same content first.
      if (!(await this.has(hash))) throw error;
    }
  }

  #objectFolder(hash: string): string {
    return join(this.#folder, hash.slice(0, 2), hash);
  }
}

/** Of code it matters, too, which files are programs. */
function hashOfCode(files: readonly HashedFile[]): string {
  return hashOfTree(files.map(({ name, hash, isExecutable }) => ({ name: isExecutable ? `${name}\0x` : name, hash })));
}

const toFileContent = ({ hash, sizeBytes }: FileContent): StoredContent => ({ hash, isFolder: false, sizeBytes, fileCount: 1 });

const toTreeContent = (files: readonly HashedFile[]): StoredContent => ({
  hash: hashOfTree(files),
  isFolder: true,
  sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
  fileCount: files.length,
});
