import { lstatSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { CodeSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { ArtifactStore, ArtifactUpkeep, CodeRequest, StoredContent } from './artifact-store.ts';
import { defaultCodeRules, type CodeRules } from './code-rules.ts';
import { copyFresh, fillTree, replaceByLinks, takeByCopy, takeByLink } from './fill-tree.ts';
import { HashCache } from './hash-cache.ts';
import { hashFile, UnreadableTreeError, type FileContent } from './hash-file.ts';
import { hashFiles, hashOfTree, type HashedFile } from './hash-tree.ts';
import { Listings } from './listings.ts';
import { ObjectFolder } from './object-folder.ts';
import { hashOfCode, readCode } from './read-code.ts';
import { UseRecord } from './use-record.ts';

/** The store in `objects/` of a data folder: `<hh>/<hash>/content` is the file or folder, read-only. */
export function createArtifactStore(objectsFolder: string, now: () => number, rules: CodeRules = defaultCodeRules): ArtifactStore {
  return new FileArtifactStore(objectsFolder, now, rules);
}

class FileArtifactStore implements ArtifactStore {
  readonly upkeep: ArtifactUpkeep;
  readonly #objects: ObjectFolder;
  readonly #uses: UseRecord;
  readonly #cache: HashCache;
  readonly #listings: Listings;
  readonly #rules: CodeRules;

  constructor(folder: string, now: () => number, rules: CodeRules) {
    this.#rules = rules;
    const objects = new ObjectFolder(folder);
    const uses = new UseRecord(now);
    this.#objects = objects;
    this.#uses = uses;
    this.#cache = new HashCache(now);
    const listings = new Listings(folder);
    this.#listings = listings;
    this.upkeep = {
      folder,
      stored: async () => await objects.stored(),
      leftovers: async () => await objects.leftovers(),
      forgettable: async (since) => await listings.unusedSince(since),
      isUsedSince: (hash, since) => uses.isUsedSince(hash, since),
      hold: () => uses.hold(),
      heldSince: () => uses.heldSince(),
      isIntact: async (hash) => await isIntact(objects.contentOf(hash), hash),
      setAside: async (hash) => await objects.setAside(hash),
      damaged: async () => await objects.damaged(),
    };
  }

  pathOf(hash: string): string {
    return this.#objects.contentOf(hash);
  }

  async has(hash: string): Promise<boolean> {
    this.#uses.note(hash);
    return this.#objects.has(hash);
  }

  async isDamaged(hash: string): Promise<boolean> {
    return await this.#objects.isDamaged(hash);
  }

  async hash(path: string): Promise<StoredContent> {
    if (!(await stat(path)).isDirectory()) return toFileContent(await hashFile(path, this.#cache));
    const files = await hashFiles(path, { cache: this.#cache });
    const content = toTreeContent(files);
    await this.#listings.keep(content.hash, files);
    return content;
  }

  async filesOf(hash: string): Promise<ReadonlyMap<string, string> | undefined> {
    return await this.#listings.find(hash);
  }

  async collect(path: string): Promise<StoredContent> {
    // What a link at the root leads to belongs to somebody else: it is copied.
    return await this.#takeIn(path, lstatSync(path).isSymbolicLink() ? takeByCopy : takeByLink);
  }

  async collectCopy(path: string): Promise<StoredContent> {
    return await this.#takeIn(path, takeByCopy);
  }

  async #takeIn(path: string, take: typeof takeByCopy): Promise<StoredContent> {
    const isFolder = statSync(path).isDirectory();
    const files = isFolder ? await hashFiles(path) : [{ path, name: '', ...(await hashFile(path)) }];
    const content = isFolder ? toTreeContent(files) : toFileContent(oneOf(files));
    const isNew = await this.#add(content.hash, async (target) => await (isFolder ? fillTree(target, files, take) : take(oneOf(files), target)));
    if (isNew && files.length > 1) await this.#listings.keep(content.hash, files);
    // The same bytes need not lie there twice.
    if (!isNew && take === takeByLink) await replaceByLinks(files, this.pathOf(content.hash));
    return content;
  }

  async collectCode(request: CodeRequest): Promise<CodeSnapshot> {
    const { hash, files } = await readCode(request, { rules: this.#rules, cache: this.#cache });
    // A person goes on editing these files: the store needs bytes of its own, never links to theirs.
    await this.#add(hash, async (target) => await fillTree(target, files, takeByCopy));
    return { hash: ContentHash.parse(hash), files: Object.fromEntries(files.map((file) => [file.name, ContentHash.parse(file.hash)])) };
  }

  async codeFiles(request: CodeRequest): Promise<readonly HashedFile[]> {
    return (await readCode(request, { rules: this.#rules, cache: this.#cache })).files;
  }

  async copyTo(hash: string, target: string): Promise<void> {
    await copyFresh(this.pathOf(hash), target);
  }

  /** Whether it was not there before. */
  async #add(hash: string, fill: (target: string) => Promise<void>): Promise<boolean> {
    if (await this.has(hash)) return false;
    await this.#objects.add(hash, fill);
    return true;
  }
}

const toFileContent = ({ hash, sizeBytes }: FileContent): StoredContent => ({ hash, isFolder: false, sizeBytes, fileCount: 1 });

const toTreeContent = (files: readonly HashedFile[]): StoredContent => ({
  hash: hashOfTree(files),
  isFolder: true,
  sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
  fileCount: files.length,
});

function oneOf(files: readonly HashedFile[]): HashedFile {
  const [file] = files;
  if (!file) throw new Error('Internal error: expected a file');
  return file;
}

/** By the hash of data, or that of code: an object does not say which it is. */
async function isIntact(content: string, hash: string): Promise<boolean> {
  try {
    if (!(await stat(content)).isDirectory()) return (await hashFile(content)).hash === hash;
    const files = await hashFiles(content);
    return hashOfTree(files) === hash || hashOfCode(files) === hash;
  } catch (error) {
    // A file is gone, or no longer one.
    if (error instanceof UnreadableTreeError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return false;
    throw error;
  }
}
