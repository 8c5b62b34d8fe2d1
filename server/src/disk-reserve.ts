import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { isThere } from './is-there.ts';

/** What a few hundred events take, with the database's own log. */
const reserveBytes = 2 * 1024 * 1024;
/** It must not be what makes the disk full. */
const plentyBytes = 16 * reserveBytes;
const refillEveryMs = 60_000;

/**
 * A file of no use but its size. When the disk is full it is given up, so that what became of the steps can be written
 * down; when there is plenty again it is laid by anew.
 */
export class DiskReserve implements AsyncDisposable {
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;
  #filling: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
    this.#timer = setInterval(() => this.fill(), refillEveryMs).unref();
  }

  /** Not waited for. */
  fill(): void {
    this.#filling = this.#filling.then(async () => await this.#fill());
  }

  /** At once: whoever was refused tries again soon. */
  giveUp(): void {
    rmSync(this.#path, { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#filling;
  }

  async #fill(): Promise<void> {
    try {
      if (await isThere(this.#path)) return;
      const { bavail, bsize } = await statfs(dirname(this.#path));
      if (bavail * bsize < plentyBytes) return;
      // By chance: a disk that packs its files would make nothing of zeros.
      await writeFile(this.#path, await promisify(randomBytes)(reserveBytes), { mode: 0o600 });
    } catch {
      // The next time; a part of it is worth nothing.
      await rm(this.#path, { force: true }).catch(() => undefined);
    }
  }
}
