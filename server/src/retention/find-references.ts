import type { RunId } from '@pipewright/shared/ids.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import type { EnvironmentDefinition } from '@pipewright/shared/run/run-snapshot.ts';
import { othersFirst } from '../fair-turns.ts';
import type { RetentionStore } from '../store/retention-store.ts';

const hashes = /\b[0-9a-f]{64}\b/g;
/** `runs/NUMBER/STEP/ATTEMPT`, as a path to an attempt's outputs names it. */
const attempts = /\bruns\/(\d+)\/([\w.]+)\/\d+\b/g;

/** `downloads/ADDRESS`, as a path to fetched data names it. */
const downloads = /\bdownloads\/([0-9a-f]{40})\b/g;

/**
 * What must stay. An artifact is needed when its hash stands anywhere in the text of something that is kept: one too many is
 * kept now and then, and none is lost for a field that was forgotten.
 */
export class References {
  readonly hashes = new Set<string>();
  /** Folders of steps, as `NUMBER/STEP`, whose outputs are needed under the names that the step gave them. */
  readonly steps = new Set<string>();
  readonly environments = new Set<string>();
  /** Folders of what was fetched of addresses. */
  readonly downloads = new Set<string>();
  readonly #hashOfEnvironment: (definition: EnvironmentDefinition | null) => string;

  constructor(hashOfEnvironment: (definition: EnvironmentDefinition | null) => string) {
    this.#hashOfEnvironment = hashOfEnvironment;
  }

  addText(text: string): void {
    for (const [hash] of text.matchAll(hashes)) this.hashes.add(hash);
    for (const [, download] of text.matchAll(downloads)) if (download !== undefined) this.downloads.add(download);
    for (const [, run, step] of text.matchAll(attempts)) this.steps.add(`${run}/${step}`);
  }

  addDonor({ run, step }: Donor): void {
    this.steps.add(stepFolder(run, step));
  }

  /** Everything that a run relies on which is to stay as it is. */
  async addRun(store: RetentionStore, run: RunId): Promise<void> {
    const { texts, environments, donors } = await store.traces(run);
    for (const text of texts) this.addText(text);
    for (const donor of donors) this.addDonor(donor);
    for (const environment of environments) this.environments.add(this.#hashOfEnvironment(environment));
  }

  /** The code alone: with it a run can be gone on with. */
  async addCode(store: RetentionStore, run: RunId): Promise<void> {
    for (const hash of await store.codeOf(run)) this.hashes.add(hash);
  }
}

/** As the step's folder is called on the disk. */
export const stepFolder = (run: string, step: string): string => `${run}/${step.replaceAll('/', '.')}`;

export interface KnownRuns {
  readonly kept: ReadonlyMap<string, RunId>;
  readonly old: ReadonlyMap<string, RunId>;
  /** Since when a run has been going on; infinity: none is. */
  readonly busySince: number;
}

export async function readRuns(store: RetentionStore, keptSince: number): Promise<KnownRuns> {
  const kept = new Map<string, RunId>();
  const old = new Map<string, RunId>();
  let busySince = Infinity;
  for (const { id, queuedAt, endedAt } of await store.runs()) {
    if (endedAt === null) busySince = Math.min(busySince, Date.parse(queuedAt));
    (endedAt === null || Date.parse(endedAt) > keptSince ? kept : old).set(id, id);
  }
  return { kept, old, busySince };
}

/** Reads everything that may refer to something, giving way to the server between one run and the next. */
export async function findReferences(store: RetentionStore, runs: KnownRuns, references: References): Promise<void> {
  for (const text of await store.standingTexts()) references.addText(text);
  for (const run of runs.kept.values()) {
    await othersFirst();
    await references.addRun(store, run);
  }
  for (const run of runs.old.values()) {
    await othersFirst();
    await references.addCode(store, run);
  }
}
