import type { GarbageReport, IntegrityReport } from '@pipewright/shared/http/gc.ts';
import type { RunId } from '@pipewright/shared/ids.ts';
import type { RunRemoval } from '../store/retention-store.ts';
import { clearRemovedRun } from './clear-attempts.ts';
import { collectGarbage, rootsOf, type RetentionParts } from './collect-garbage.ts';
import { Disposal } from './disposal.ts';
import { References } from './find-references.ts';
import type { Retention } from './retention.ts';
import { Trash } from './trash.ts';

export function createRetention(parts: RetentionParts): Retention {
  return new FolderRetention(parts);
}

class FolderRetention implements Retention {
  readonly #parts: RetentionParts;
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  async collect(request: { readonly dryRun: boolean; readonly keepDays: number }): Promise<GarbageReport> {
    return await this.#inTurn(async () => await collectGarbage(this.#parts, request));
  }

  async verify({ dryRun }: { readonly dryRun: boolean }): Promise<IntegrityReport> {
    return await this.#inTurn(async () => {
      const { upkeep, store } = this.#parts;
      const objects = await upkeep.stored();
      const damaged: IntegrityReport['damaged'] = [];
      for (const { hash } of objects) {
        if (await upkeep.isIntact(hash)) continue;
        const producers = [...(await store.producersOf(hash))];
        damaged.push({ hash, producers, movedTo: dryRun ? null : await upkeep.setAside(hash) });
      }
      return { dryRun, objects: objects.length, damaged };
    });
  }

  async removeRun(run: RunId): Promise<RunRemoval> {
    return await this.#inTurn(async () => {
      const { store, runsFolder } = this.#parts;
      const outcome = await store.removeRun(run);
      if (outcome.kind !== 'removed') return outcome;
      const disposal = new Disposal(false);
      const references = await this.#referencesTo(run);
      const uncounted = { count: 0, bytes: 0 };
      await clearRemovedRun({ store, runsFolder, disposal, attempts: uncounted, leftovers: uncounted }, run, references);
      await disposal.finish();
      return outcome;
    });
  }

  finishEarlier(): void {
    void this.#inTurn(async () => {
      for (const root of rootsOf(this.#parts)) await new Trash(root).empty(this.#closing.signal);
    }).catch(() => undefined); // The next collection says what cannot be deleted.
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#last;
  }

  /** Outputs of donors keep the names under which the runs that reuse them show them. */
  async #referencesTo(run: string): Promise<References> {
    const { store, environments } = this.#parts;
    const references = new References((definition) => environments.hashOf(definition));
    for (const step of await store.donorsIn(run)) references.addDonor({ run, step });
    return references;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return await turn;
  }
}
