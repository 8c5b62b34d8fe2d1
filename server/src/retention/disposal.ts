import { describeDiskFailure, describeFolderFailure } from '../storage-failure.ts';
import { SpaceCount } from './space-count.ts';
import { Trash } from './trash.ts';

export interface Freed {
  count: number;
  bytes: number;
}

/** What could not be deleted, in words. */
export interface Undeleted {
  readonly path: string;
  readonly message: string;
}

/** One collection's way of getting rid of things: into the trash of their root, counted, then deleted; or only counted. */
export class Disposal {
  readonly undeleted: Undeleted[] = [];
  readonly isDry: boolean;
  readonly #space = new SpaceCount();
  readonly #trashes = new Map<string, Trash>();

  constructor(isDry: boolean) {
    this.isDry = isDry;
  }

  /** `isWanted` is asked in the same breath as the rename: who asks for it later finds it gone. */
  async discard(
    path: string,
    { root, freed, isWanted }: { readonly root: string; readonly freed: Freed; readonly isWanted?: () => boolean },
  ): Promise<boolean> {
    if (isWanted?.()) return false;
    try {
      const lies = this.isDry ? path : await this.#take(path, root, isWanted);
      if (lies === undefined) return false;
      const bytes = await this.#space.add(lies);
      freed.count += 1;
      freed.bytes += bytes;
      return true;
    } catch (error) {
      this.#note(path, error);
      return false;
    }
  }

  /** Together with what an earlier process left in the same place. */
  async finish(): Promise<void> {
    for (const [root, trash] of this.#trashes) await trash.empty().catch((error: unknown) => this.#note(root, error));
  }

  async earlier(root: string, freed: Freed): Promise<void> {
    for (const path of await this.#trashOf(root).contents()) {
      const bytes = await this.#space.add(path);
      freed.count += 1;
      freed.bytes += bytes;
    }
  }

  async #take(path: string, root: string, isWanted: (() => boolean) | undefined): Promise<string | undefined> {
    const trash = this.#trashOf(root);
    try {
      return trash.take(path);
    } catch (error) {
      // Not even room for a name: what has been thrown away so far makes some.
      if (describeDiskFailure(error) === undefined) throw error;
      await trash.empty();
      return isWanted?.() ? undefined : trash.take(path);
    }
  }

  #trashOf(root: string): Trash {
    const trash = this.#trashes.get(root) ?? new Trash(root);
    this.#trashes.set(root, trash);
    return trash;
  }

  #note(path: string, error: unknown): void {
    const message = describeFolderFailure(error);
    if (message === undefined) throw error;
    this.undeleted.push({ path, message });
  }
}
