import { mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { HashedFile } from './hash-tree.ts';

/** Beside the shelves of objects. */
const folderName = '.listings';
/** A list of more files than this is not kept: nobody reads which of them changed. */
const mostFiles = 20_000;

const Listing = z.record(z.string(), z.string());

/**
 * Which files a folder held when it was hashed, so that it can be said later how many of them have changed: of data that
 * lies elsewhere the bytes are not ours to keep, and those that are need not be hashed again. Only for explanations: a list
 * that is missing takes nothing away but these.
 */
export class Listings {
  readonly #folder: string;

  constructor(objectsFolder: string) {
    this.#folder = join(objectsFolder, folderName);
  }

  async keep(hash: string, files: readonly HashedFile[]): Promise<void> {
    const path = this.#pathOf(hash);
    if (files.length > mostFiles) return;
    if (existsSync(path)) return await touch(path);
    try {
      await mkdir(this.#folder, { recursive: true });
      const building = `${path}.${randomUUID()}`;
      await writeFile(building, JSON.stringify(Object.fromEntries(files.map((file) => [file.name, file.hash]))));
      await rename(building, path);
    } catch {
      // A full disk, perhaps: who needs it will say less.
    }
  }

  async find(hash: string): Promise<ReadonlyMap<string, string> | undefined> {
    const path = this.#pathOf(hash);
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) return undefined;
    await touch(path);
    return parse(text);
  }

  /** Paths of those that nobody has come upon since a moment. */
  async unusedSince(moment: number): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const unused: string[] = [];
    for (const name of names) {
      const path = join(this.#folder, name);
      if ((await stat(path)).mtimeMs < moment) unused.push(path);
    }
    return unused;
  }

  #pathOf(hash: string): string {
    return join(this.#folder, `${hash}.json`);
  }
}

/** Undefined where a loss of power has left less than was written. */
function parse(text: string): ReadonlyMap<string, string> | undefined {
  try {
    return new Map(Object.entries(Listing.parse(JSON.parse(text))));
  } catch {
    return undefined;
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
