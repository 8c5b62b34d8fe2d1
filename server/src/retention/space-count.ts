import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sideBySide } from './side-by-side.ts';

/**
 * How many bytes the disk gets back when all of it has gone: a file with several names counts with the last of them, and
 * not at all while one is left elsewhere.
 */
export class SpaceCount {
  /** Names still to come, by device and inode. */
  readonly #names = new Map<string, number>();

  async add(path: string): Promise<number> {
    const info = await lstat(path, { bigint: true }).catch(() => null);
    if (!info) return 0;
    if (!info.isDirectory()) return this.#isLastName(info) ? Number(info.size) : 0;
    const names = await readdir(path).catch(() => []);
    let bytes = 0;
    await sideBySide(names, async (name) => {
      const size = await this.add(join(path, name));
      bytes += size;
    });
    return bytes;
  }

  #isLastName({ dev, ino, nlink }: { readonly dev: bigint; readonly ino: bigint; readonly nlink: bigint }): boolean {
    const key = `${dev} ${ino}`;
    const known = this.#names.get(key);
    if (known === undefined && nlink === 1n) return true;
    const left = (known ?? Number(nlink)) - 1;
    if (left > 0) this.#names.set(key, left);
    else this.#names.delete(key);
    return left === 0;
  }
}
