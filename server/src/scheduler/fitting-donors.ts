import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { differencesOf } from '../environments/describe-lock-change.ts';
import type { LockBook } from '../environments/environment-locks.ts';
import type { DonorCandidate } from '../store/store.ts';

export interface FittingDonors {
  /** Those that ran with the versions that the step would run with. */
  readonly donors: readonly DonorCandidate[];
  /** Where there are only others: what differs. */
  readonly otherVersions: readonly Reason[];
}

/**
 * A definition such as `pandas>=2` is the same, and what is installed for it is not. So of steps with the same
 * fingerprint those count that ran with the versions which stand for the definition now. Asked once per definition.
 */
export class CurrentLocks {
  readonly #locks: LockBook;
  readonly #known = new Map<string, string | null>();

  constructor(locks: LockBook) {
    this.#locks = locks;
  }

  async fitting({ environment }: ResolvedStep, donors: readonly DonorCandidate[]): Promise<FittingDonors> {
    if (donors.length === 0) return { donors, otherVersions: [] };
    const now = await this.#current(environment);
    // What nobody wrote down cannot be held against it.
    const fitting = now === null ? donors : donors.filter(({ lock }) => lock === null || lock === now);
    const [newest] = donors;
    if (fitting.length > 0 || now === null || !newest) return { donors: fitting, otherVersions: [] };
    return { donors: [], otherVersions: await this.#differences(newest, now) };
  }

  async #current(environment: ResolvedStep['environment']): Promise<string | null> {
    const key = canonicalJson(environment);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const current = await this.#locks.lockOf(environment);
    this.#known.set(key, current);
    return current;
  }

  async #differences({ donor: { run }, lock }: DonorCandidate, now: string): Promise<Reason[]> {
    const [before, after] = [lock === null ? null : await this.#locks.readLock(lock), await this.#locks.readLock(now)];
    if (!before || !after) return [{ code: 'environment-changed', run, text: 'other versions of packages are installed' }];
    return differencesOf(before, after).map(({ name, before: from, after: to }) => ({
      code: 'environment-changed',
      subject: name,
      before: from,
      after: to,
      run,
      text: `environment: ${name} ${from} → ${to} is installed`,
    }));
  }
}
