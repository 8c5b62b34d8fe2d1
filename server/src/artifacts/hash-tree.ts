import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { HashCache } from './hash-cache.ts';

/** A file of a tree: where it lies, what it is called in the tree (with `/`), and what it holds. */
export interface HashedFile {
  readonly path: string;
  readonly name: string;
  readonly hash: string;
  readonly sizeBytes: number;
}

/** A tree that cannot be taken in, in words for the person who made it. */
export class UnreadableTreeError extends Error {
  override readonly name = 'UnreadableTreeError';
}

/** Bytes read at once by one file; files of a tree are read side by side. */
const filesAtOnce = 4;

export async function hashFile(path: string, cache?: HashCache): Promise<{ hash: string; sizeBytes: number }> {
  const before = await stat(path, { bigint: true });
  const known = cache?.find(path, before);
  if (known) return { hash: known, sizeBytes: Number(before.size) };
  const digest = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), digest);
  const hash = digest.digest('hex');
  cache?.remember(path, before, hash);
  return { hash, sizeBytes: Number(before.size) };
}

/**
 * Every file below a folder with its hash, sorted by name. Links are followed as long as they stay inside; a link that
 * leads out or in a circle, a socket or a device is refused, because its bytes are not the tree's.
 */
export async function hashFiles(root: string, options: { readonly cache?: HashCache; readonly isIgnored?: (name: string) => boolean } = {}): Promise<HashedFile[]> {
  const names = (await listFiles(root, options.isIgnored)).toSorted((a, b) => (a < b ? -1 : 1));
  const files: HashedFile[] = [];
  for (let start = 0; start < names.length; start += filesAtOnce) {
    const batch = names.slice(start, start + filesAtOnce).map(async (name) => {
      const path = join(root, name);
      return { path, name, ...(await hashFile(path, options.cache)) };
    });
    files.push(...(await Promise.all(batch)));
  }
  return files;
}

/** The hash of a folder: of the sorted list of its files, so that names and contents count and times do not. */
export function hashOfTree(files: readonly Pick<HashedFile, 'name' | 'hash'>[]): string {
  const digest = createHash('sha256');
  for (const { name, hash } of files) digest.update(`${name}\0${hash}\n`);
  return digest.digest('hex');
}

async function listFiles(root: string, isIgnored: ((name: string) => boolean) | undefined): Promise<string[]> {
  const realRoot = await realpath(root);
  const names: string[] = [];
  const walk = async (folder: string, above: readonly string[]): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const name = relative(root, path).split(sep).join('/');
      if (isIgnored?.(name)) continue;
      const kind = entry.isSymbolicLink() ? await kindOfLink(path, { realRoot, above }) : entry;
      if (kind.isDirectory()) await walk(path, [...above, await realpath(path)]);
      else if (kind.isFile()) names.push(name);
      else throw new UnreadableTreeError(`${path} is neither a file nor a folder, so it cannot be stored.`);
    }
  };
  await walk(root, [realRoot]);
  return names;
}

async function kindOfLink(path: string, { realRoot, above }: { realRoot: string; above: readonly string[] }) {
  const target = await realpath(path).catch(() => null);
  if (target === null) throw new UnreadableTreeError(`${path} is a link to something that does not exist.`);
  const isInside = target === realRoot || target.startsWith(realRoot + sep);
  if (!isInside) throw new UnreadableTreeError(`${path} is a link that leads out of its folder. Copy the file instead.`);
  if (above.includes(target)) throw new UnreadableTreeError(`${path} is a link to a folder that it lies in.`);
  return await lstat(target);
}
