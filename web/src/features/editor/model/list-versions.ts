import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import type { PublishedPipeline } from '@pipewright/shared/http/pipelines.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import type { ComparedSource } from './compared-source.ts';

/** A state of the draft that can be compared with it and come back to. */
export interface Version {
  readonly source: ComparedSource;
  readonly kind: 'published' | 'named' | 'run' | 'automatic';
  readonly title: string;
  readonly at: string;
  readonly by: string;
  readonly revision: number | null;
  /** Those that were made of it, newest first. */
  readonly runs: readonly RunSummary[];
  /** What it may be renamed from; null for one that has its name for good. */
  readonly name: string | null;
}

interface Known {
  readonly checkpoints: readonly Checkpoint[];
  readonly published: readonly PublishedPipeline[];
  /** Of the draft. */
  readonly runs: readonly RunSummary[];
}

/** Everything that was kept of a draft, newest first. */
export function listVersions({ checkpoints, published, runs }: Known): Version[] {
  const runsAt = (revision: number): RunSummary[] => runs.filter(({ origin }) => origin.kind === 'draft' && origin.revision === revision);
  const kept = checkpoints.map((checkpoint): Version => {
    const { id, kind, at, by, revision, name } = checkpoint;
    const made = kind === 'run' ? runsAt(revision) : [];
    return { source: { kind: 'checkpoint', id }, kind, title: titleOf(checkpoint), at, by, revision, runs: made, name };
  });
  const released = published.map(({ name, version, publishedAt, by }): Version => {
    const source: ComparedSource = { kind: 'version', name, version };
    return { source, kind: 'published', title: `${name}, version ${version}`, at: publishedAt, by, revision: null, runs: [], name: null };
  });
  return [...kept, ...released].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

export function titleOf({ name, run }: Pick<Checkpoint, 'name' | 'run'>): string {
  if (name !== '') return name;
  return run === null ? 'Kept while it was edited' : `Run ${run}`;
}

interface Day<T> {
  readonly title: string;
  readonly items: readonly T[];
}

/** By days as people call them: *Today*, *Yesterday*, *Saturday 28 November*. */
export function byDay<T extends { readonly at: string }>(items: readonly T[], now: number): Day<T>[] {
  const days = Map.groupBy(items, ({ at }) => dayOf(new Date(at), new Date(now)));
  return [...days].map(([title, found]) => ({ title, items: found }));
}

function dayOf(date: Date, now: Date): string {
  const midnight = (moment: Date): number => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const isThisYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...(isThisYear ? {} : { year: 'numeric' }) });
}

/** What a new version is called unless somebody says otherwise: the next number that is free. */
export function nextVersionName(checkpoints: readonly Pick<Checkpoint, 'name'>[]): string {
  const numbers = checkpoints.map(({ name }) => Number(/^Version (\d+)$/.exec(name)?.[1] ?? 0));
  return `Version ${Math.max(0, ...numbers) + 1}`;
}
