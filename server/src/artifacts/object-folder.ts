import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DamagedObject, StoredObject } from './artifact-store.ts';

/** Beside the two digits that begin a hash. */
const damagedName = '.damaged';
const shelfName = /^[0-9a-f]{2}$/;
const hashName = /^[0-9a-f]{64}$/;

/** `objects/`: where each content lies, `<hh>/<hash>/content`, and what else is in there. */
export class ObjectFolder {
  readonly path: string;
  readonly #building = new Set<string>();

  constructor(path: string) {
    this.path = path;
  }

  contentOf(hash: string): string {
    return join(this.placeOf(hash), 'content');
  }

  placeOf(hash: string): string {
    return join(this.path, hash.slice(0, 2), hash);
  }

  /** A look that takes microseconds: a way through the thread pool would take fifty times as long. */
  has(hash: string): boolean {
    return existsSync(this.contentOf(hash));
  }

  /** Made beside its place and renamed into it: whoever sees it sees all of it. */
  async add(hash: string, fill: (content: string) => Promise<void>): Promise<void> {
    const place = this.placeOf(hash);
    const building = `${place}.${randomUUID()}`;
    this.#building.add(building);
    try {
      await mkdir(building, { recursive: true });
      await fill(join(building, 'content'));
      await rename(building, place);
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      // Somebody else brought the same content first.
      if (!this.has(hash)) throw error;
    } finally {
      this.#building.delete(building);
    }
  }

  async stored(): Promise<readonly StoredObject[]> {
    return (await this.#entries()).filter(({ hash }) => hashName.test(hash));
  }

  /** What is being built now is none. */
  async leftovers(): Promise<readonly string[]> {
    const entries = await this.#entries();
    return entries.filter(({ hash, path }) => !hashName.test(hash) && !this.#building.has(path)).map(({ path }) => path);
  }

  async setAside(hash: string): Promise<string> {
    const target = this.#damagedPath(hash);
    await mkdir(join(this.path, damagedName), { recursive: true });
    // An earlier one of the same content.
    await rm(target, { recursive: true, force: true });
    await rename(this.placeOf(hash), target);
    const now = new Date();
    await utimes(target, now, now);
    return target;
  }

  async isDamaged(hash: string): Promise<boolean> {
    return !this.has(hash) && existsSync(this.#damagedPath(hash));
  }

  async damaged(): Promise<readonly DamagedObject[]> {
    const hashes = await readdir(join(this.path, damagedName)).catch(() => []);
    return await Promise.all(
      hashes.map(async (hash) => {
        const path = this.#damagedPath(hash);
        return { hash, path, isReplaced: this.has(hash), setAsideAt: (await stat(path)).mtimeMs };
      }),
    );
  }

  #damagedPath(hash: string): string {
    return join(this.path, damagedName, hash);
  }

  async #entries(): Promise<StoredObject[]> {
    const shelves = await readdir(this.path).catch(() => []);
    const entries: StoredObject[] = [];
    for (const shelf of shelves.filter((name) => shelfName.test(name)).toSorted()) {
      const folder = join(this.path, shelf);
      for (const hash of (await readdir(folder)).toSorted()) entries.push({ hash, path: join(folder, hash) });
    }
    return entries;
  }
}
