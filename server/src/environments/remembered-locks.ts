import type { EnvironmentLock } from '@pipewright/shared/run/environment-lock.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { environmentHash, EnvironmentLocks, lockId, type LockBook } from './environment-locks.ts';
import { findPythons } from './find-python.ts';
import { lookAtHost } from './host-environment.ts';
import { areStill } from './host-signs.ts';

/** For one who plans beside the data folder: the same answers, and nothing is written. */
export class RememberedLocks implements LockBook {
  readonly #locks: EnvironmentLocks;
  /** Locks that stand nowhere: what the machine has now. */
  readonly #seen = new Map<string, EnvironmentLock>();

  /** `environments/` in the data folder. */
  constructor(folder: string) {
    this.#locks = new EnvironmentLocks(folder);
  }

  async lockOf(definition: EnvironmentDefinition | null): Promise<string | null> {
    const standing = await this.#locks.standing(environmentHash(definition));
    if (!standing?.host || areStill(standing.host)) return standing?.lock ?? null;
    const host = await lookAtHost(await findPythons(), definition);
    if (!host) return null;
    const id = lockId(host.lock);
    this.#seen.set(id, host.lock);
    return id;
  }

  async readLock(id: string): Promise<EnvironmentLock | null> {
    return this.#seen.get(id) ?? (await this.#locks.readLock(id));
  }
}
