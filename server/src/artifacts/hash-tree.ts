import { createHash } from 'node:crypto';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { FairTurns } from '../fair-turns.ts';
import { hashFile, rememberedContent, UnreadableTreeError, type FileContent } from './hash-file.ts';
import type { HashCache } from './hash-cache.ts';

/** A file of a tree: where its bytes lie, and what it is called in the tree (with `/`). */
export interface HashedFile extends FileContent {
  readonly path: string;
  readonly name: string;
}

/** Files of a tree are read side by side. */
const filesAtOnce = 4;

/** Asked once for each folder of a tree: what in it, by its name in the tree, is left out. */
export type Ignore = (folder: string, prefix: string) => Promise<(name: string, isFolder: boolean) => boolean>;

interface HashingOptions {
  readonly cache?: HashCache;
  readonly ignore?: Ignore;
  /** Throws where the files are not to be hashed; `known` holds, in their places, those that were hashed before. */
  readonly check?: (files: readonly FoundFile[], known: readonly (HashedFile | undefined)[]) => void;
}

/**
 * Every file below a folder with its hash, sorted by name. Links are followed as long as they stay inside; a link that
 * leads out or in a circle, a socket or a device is refused, because its bytes are not the tree's.
 */
export async function hashFiles(root: string, options: HashingOptions = {}): Promise<HashedFile[]> {
  const found = (await listFiles(root, options.ignore)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const { cache } = options;
  const files: (HashedFile | undefined)[] = cache ? await recall(found, cache) : [];
  options.check?.(found, files);
  const changed = [...found.keys()].filter((index) => files[index] === undefined);
  for (let start = 0; start < changed.length; start += filesAtOnce) {
    await Promise.all(
      changed.slice(start, start + filesAtOnce).map(async (index) => {
        const file = found[index];
        if (file) files[index] = named(file, await hashFile(file.path, cache));
      }),
    );
  }
  return files.filter((file) => file !== undefined);
}

const named = ({ path, name }: FoundFile, { hash, sizeBytes, state, isExecutable }: FileContent): HashedFile => ({
  path,
  name,
  hash,
  sizeBytes,
  state,
  isExecutable,
});

/** In the places of files that are as they were, what is remembered of them. */
async function recall(files: readonly FoundFile[], cache: HashCache): Promise<(HashedFile | undefined)[]> {
  const recalled: (HashedFile | undefined)[] = [];
  const turns = new FairTurns();
  for (const file of files) {
    const content = rememberedContent(file.path, cache);
    recalled.push(content && named(file, content));
    if (turns.isOver) await turns.rest();
  }
  return recalled;
}

const charactersAtOnce = 1 << 14;

/** The hash of a folder: of the sorted list of its files, so that names and contents count and times do not. */
export function hashOfTree(files: readonly Pick<HashedFile, 'name' | 'hash'>[]): string {
  const digest = createHash('sha256');
  let text = '';
  for (const { name, hash } of files) {
    text += `${name}\0${hash}\n`;
    if (text.length < charactersAtOnce) continue;
    digest.update(text);
    text = '';
  }
  return digest.update(text).digest('hex');
}

export interface FoundFile {
  readonly path: string;
  readonly name: string;
}

async function listFiles(root: string, ignore: Ignore | undefined): Promise<FoundFile[]> {
  const realRoot = await realpath(root);
  const files: FoundFile[] = [];
  const walk = async (folder: string, prefix: string, above: readonly string[]): Promise<void> => {
    const isIgnored = await ignore?.(folder, prefix);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const name = `${prefix}${entry.name}`;
      // A link may stand for a folder.
      if (isIgnored?.(name, entry.isDirectory() || entry.isSymbolicLink())) continue;
      const found = `${folder}${sep}${entry.name}`;
      const path = entry.isSymbolicLink() ? await targetOfLink(found, { realRoot, above }) : found;
      const kind = entry.isSymbolicLink() ? await lstat(path) : entry;
      if (kind.isDirectory()) await walk(path, `${name}/`, [...above, path]);
      else if (kind.isFile()) files.push({ path, name });
      else throw new UnreadableTreeError(`${found} is neither a file nor a folder, so it cannot be stored.`);
    }
  };
  await walk(realRoot, '', [realRoot]);
  return files;
}

/** Where a link leads, by its real path: linking to the link itself would store the link. */
async function targetOfLink(path: string, { realRoot, above }: { readonly realRoot: string; readonly above: readonly string[] }): Promise<string> {
  const target = await realpath(path).catch(() => null);
  if (target === null) throw new UnreadableTreeError(`${path} is a link to something that does not exist.`);
  const isInside = target === realRoot || target.startsWith(realRoot + sep);
  if (!isInside) throw new UnreadableTreeError(`${path} is a link that leads out of its folder. Copy the file instead.`);
  if (above.includes(target)) throw new UnreadableTreeError(`${path} is a link to a folder that it lies in.`);
  return target;
}
