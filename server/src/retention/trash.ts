import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sideBySide } from './side-by-side.ts';

const trashName = '.trash';

/**
 * Where things go before they are deleted, in the folder that they lie in, so that a rename is enough: whoever looks finds
 * all of it or nothing, whenever the process dies.
 */
export class Trash {
  readonly #folder: string;

  constructor(root: string) {
    this.#folder = join(root, trashName);
  }

  /** At once, without giving way to anybody else in this process. Undefined: it was not there any more. */
  take(path: string): string | undefined {
    const target = join(this.#folder, randomUUID());
    try {
      renameSync(path, target);
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Either it has gone, or there is no trash yet.
      mkdirSync(this.#folder, { recursive: true });
      try {
        renameSync(path, target);
      } catch (again) {
        if (!isMissing(again)) throw again;
        return undefined;
      }
    }
    return target;
  }

  async contents(): Promise<readonly string[]> {
    return (await readdir(this.#folder).catch(() => [])).map((name) => join(this.#folder, name));
  }

  /** Until the signal, between one thing and the next. */
  async empty(signal?: AbortSignal): Promise<void> {
    await sideBySide(await this.contents(), async (path) => {
      if (!signal?.aborted) await rm(path, { recursive: true, force: true, maxRetries: 3 });
    });
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
