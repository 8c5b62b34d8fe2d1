import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun, StepRunOf } from '@pipewright/shared/run/step-run.ts';
import { describeShape } from '../preview/describe-artifact.ts';
import { millisecondsBetween } from '../ui/format/duration.ts';
import { countOf, formatBytes, formatCount, formatValue } from '../ui/format/number.ts';
import { statusWord } from '../ui/status/status-looks.ts';
import type { ItemNoun } from './item-noun.ts';

/** States of a step that no run is about. */
export type DraftState = 'not-run' | 'will-run' | 'will-reuse' | 'changed' | 'problem' | 'missing' | 'elsewhere' | 'version' | AsideState | ComparedState;

/** A person has it left out, or take an earlier result. */
type AsideState = 'disabled' | 'bypassed' | 'needs' | 'pinned';

/** Where two contents are compared. */
type ComparedState = 'added' | 'removed' | 'edited' | 'moved' | 'same';

/** The strip of a node: what is so, and its cause in the same line. */
export interface StepStrip {
  /** `data-status` of the node. */
  readonly status: StepStatus | 'none';
  readonly look: StepStatus | DraftState;
  /** For `changed`: the status it had, whose icon is drawn in grey. */
  readonly was?: StepStatus | undefined;
  readonly word: string;
  readonly detail: string;
  /** The step that the detail speaks of as its cause. */
  readonly origin?: string | undefined;
  /** The machine's own words, set in mono. */
  readonly isDetailCode: boolean;
  readonly time: StripTime | null;
  /** How much of it is done, from 0 to 1, where that is known. */
  readonly share?: number | undefined;
}

export const isSameStrip = (a: StepStrip, b: StepStrip): boolean => JSON.stringify(a) === JSON.stringify(b);

export type StripTime =
  | { readonly kind: 'counting'; readonly since: string }
  | { readonly kind: 'counting-down'; readonly until: string }
  | { readonly kind: 'took'; readonly ms: number };

interface RunScope {
  readonly titleOf: (step: string) => string;
  /** Titles of what a waiting step waits for. */
  readonly waitsFor: readonly string[];
  /** What it consists of, when it is a loop. */
  readonly itemNoun: ItemNoun;
  /** Of a queued step: how many of its run's steps come before it. */
  readonly ahead: number;
  /** The name of who looks at it. */
  readonly me: string | null;
}

export function stripOfRun(run: StepRun, scope: RunScope): StepStrip {
  const { detail, isCode = false } = detailOf(run, scope);
  const strip = { status: run.status, look: run.status, word: statusWord(run.status), detail, isDetailCode: isCode, time: timeOf(run) };
  return run.status === 'running' && run.items ? { ...strip, share: shareOf(run.items) } : strip;
}

function detailOf(run: StepRun, { titleOf, waitsFor, itemNoun, ahead, me }: RunScope): { readonly detail: string; readonly isCode?: boolean } {
  switch (run.status) {
    case 'waiting':
      return { detail: waitsFor.length === 0 ? '' : waitsFor.length === 1 ? `for ${waitsFor[0]}` : `for ${waitsFor.length} steps` };
    case 'preparing':
      return { detail: run.detail };
    case 'queued':
      return { detail: ahead === 0 ? 'for a slot' : `for a slot · ${formatCount(ahead)} ahead` };
    case 'running':
      if (run.items) return { detail: describeItems(run.items, itemNoun) };
      return { detail: run.attempts > 1 ? `attempt ${run.attempts}` : '' };
    case 'finalizing':
      return { detail: 'collecting outputs' };
    case 'completed':
      return { detail: [resultOf(run), run.items ? countOf(run.items.total, itemNoun) : ''].filter((part) => part !== '').join(' · ') };
    case 'reused':
      return { detail: reuseOf(run) };
    case 'failed':
    case 'timed-out':
    case 'lost':
      return { detail: run.failure.firstError ?? run.failure.message, isCode: run.failure.firstError !== undefined };
    case 'cancelled':
      return { detail: run.by === '' ? '' : `by ${run.by === me ? 'you' : run.by}` };
    case 'skipped':
      return { detail: run.why };
    case 'blocked':
      return { detail: run.by.length === 0 ? '' : `by ${run.by.map(titleOf).join(', ')}` };
    case 'retrying':
      return { detail: `attempt ${run.attempts} failed: ${run.failure.firstError ?? run.failure.message}` };
    default:
      return assertNever(run);
  }
}

const resultOf = ({ best, outputs }: StepRunOf<'completed'>): string =>
  best ? `${formatValue(best.value)} ${best.metric}` : describeOutputs(Object.values(outputs));

/** `12 of 20 trials, 1 failed` */
const describeItems = ({ ended, total, failed }: Items, noun: ItemNoun): string =>
  `${formatCount(ended)} of ${countOf(total, noun)}${failed > 0 ? `, ${formatCount(failed)} failed` : ''}`;

const shareOf = ({ ended, total }: Items): number => (total === 0 ? 0 : ended / total);

type Items = NonNullable<StepRunOf<'running'>['items']>;

/** Short, because what tells one reuse from another is the run, and it stands at the end. */
function reuseOf({ reasons: [reason], donor }: StepRunOf<'reused'>): string {
  if (reason === undefined) return `same inputs as run ${donor.run}`;
  switch (reason.code) {
    case 'same':
      return `same inputs as run ${donor.run}`;
    case 'outside':
      return `result of run ${donor.run} stands in`;
    case 'pinned':
      return `pinned to run ${reason.run ?? donor.run}`;
    case 'resumed':
      return `finished in run ${reason.run ?? donor.run}`;
    default:
      return reason.text;
  }
}

function timeOf(run: StepRun): StripTime | null {
  switch (run.status) {
    case 'preparing':
    case 'queued':
    case 'finalizing':
      return { kind: 'counting', since: run.since };
    case 'running':
      return { kind: 'counting', since: run.startedAt };
    case 'retrying':
      return { kind: 'counting-down', until: run.until };
    case 'waiting':
    case 'reused':
      return null;
    default:
      return run.startedAt === undefined ? null : { kind: 'took', ms: millisecondsBetween(run.startedAt, run.endedAt) };
  }
}

/** What came out, in the fewest words: `193 × 25`, `145 + 48 rows`, `0.83`, `1.2 MB`. */
export function describeOutputs(outputs: readonly Artifact[]): string {
  const tables = outputs.filter((output) => output.rowCount !== undefined);
  const [table, second] = tables;
  if (table && second) return `${tables.map(({ rowCount }) => formatCount(rowCount ?? 0)).join(' + ')} rows`;
  const [only] = outputs;
  if (table) return describeShape(table);
  if (!only) return '';
  const bytes = outputs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return only.value === undefined ? formatBytes(bytes) : String(only.value);
}

/** `running`, `attempt 2`, `42 seconds` as one sentence for those who listen. */
export function sayStrip({ word, detail }: StepStrip): string {
  return detail === '' ? word.toLowerCase() : `${word.toLowerCase()}, ${detail}`;
}
