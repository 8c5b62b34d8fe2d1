import type { BigIntStats } from 'node:fs';

type Entry = Pick<BigIntStats, 'dev' | 'ino' | 'size' | 'mtimeNs' | 'ctimeNs'> & { readonly hash: string };

/** A file changed within this time before it was hashed may change again without its times telling. */
const settledAfterMs = 2000;
const mostEntries = 200_000;

/**
 * Hashes of files that have not changed since: by path, size, times and inode. A file whose time is too close to the
 * clock is not remembered, because a later write could leave all of these as they are.
 */
export class HashCache {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  find(path: string, stats: BigIntStats): string | undefined {
    const entry = this.#entries.get(path);
    return entry && isSame(entry, stats) ? entry.hash : undefined;
  }

  remember(path: string, stats: BigIntStats, hash: string): void {
    const changedAt = Number(stats.mtimeMs > stats.ctimeMs ? stats.mtimeMs : stats.ctimeMs);
    if (this.#now() - changedAt < settledAfterMs) return;
    if (this.#entries.size >= mostEntries) this.#entries.clear();
    const { dev, ino, size, mtimeNs, ctimeNs } = stats;
    this.#entries.set(path, { dev, ino, size, mtimeNs, ctimeNs, hash });
  }
}

const isSame = (entry: Entry, stats: BigIntStats): boolean =>
  entry.mtimeNs === stats.mtimeNs && entry.ctimeNs === stats.ctimeNs && entry.size === stats.size && entry.ino === stats.ino && entry.dev === stats.dev;
