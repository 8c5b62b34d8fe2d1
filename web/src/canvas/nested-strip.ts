import { keysInside, statusOfNested } from '@pipewright/shared/run/nested-status.ts';
import { isStepEnded, type StepStatus, StepStatus as AnyStepStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { millisecondsBetween } from '../ui/format/duration.ts';
import { countOf, formatCount } from '../ui/format/number.ts';
import { statusWord } from '../ui/status/status-looks.ts';
import type { StepStrip } from './step-strip.ts';

/**
 * Where the steps of a pipeline inside a run stand. Text, so that it can be compared: its node is woken when that changes.
 * Empty while the run has none of them.
 */
export function nestedStanding(steps: Readonly<Record<string, StepRun>>, key: string): string {
  const known = standings.get(steps) ?? new Map<string, string>();
  standings.set(steps, known);
  const standing = known.get(key) ?? standingOf(steps, key);
  known.set(key, standing);
  return standing;
}

/** Every edit asks every node; only what happens in the run changes the answer. */
const standings = new WeakMap<object, Map<string, string>>();

function standingOf(steps: Readonly<Record<string, StepRun>>, key: string): string {
  const inside = keysInside(Object.keys(steps), key).flatMap((step) => steps[step] ?? []);
  if (inside.length === 0) return '';
  const starts = inside.flatMap((step) => ('startedAt' in step && step.startedAt !== undefined ? [step.startedAt] : []));
  const ends = inside.flatMap((step) => ('endedAt' in step ? [step.endedAt] : []));
  const count = (isCounted: (status: StepStatus) => boolean): number => inside.filter(({ status }) => isCounted(status)).length;
  const ended = count(isStepEnded);
  const end = ended === inside.length ? (ends.toSorted().at(-1) ?? '') : '';
  return [statusOfNested(inside.map(({ status }) => status)), inside.length, ended, count(isAtWork), count(isBad), starts.toSorted()[0] ?? '', end].join(' ');
}

const isAtWork = (status: StepStatus): boolean => !isStepEnded(status) && status !== 'waiting' && status !== 'queued';
const isBad = (status: StepStatus): boolean => status === 'failed' || status === 'timed-out' || status === 'lost';

/** The strip of a pipeline's node, of what `nestedStanding` says; null where no run is about it. */
export function stripOfNested(standing: string): StepStrip | null {
  if (standing === '') return null;
  const [word = '', total = '', ended = '', working = '', bad = '', startedAt = '', endedAt = ''] = standing.split(' ');
  const status = AnyStepStatus.parse(word);
  const isOver = isStepEnded(status);
  const time =
    startedAt === ''
      ? null
      : isOver && endedAt !== ''
        ? ({ kind: 'took', ms: millisecondsBetween(startedAt, endedAt) } as const)
        : ({ kind: 'counting', since: startedAt } as const);
  const detail = describeCounts({ isOver, total: Number(total), ended: Number(ended), working: Number(working), bad: Number(bad) });
  const strip = { status, look: status, word: statusWord(status), detail, isDetailCode: false, time: isOver || status === 'running' ? time : null };
  return status === 'running' ? { ...strip, share: Number(ended) / Number(total) } : strip;
}

interface Counts {
  readonly isOver: boolean;
  readonly total: number;
  readonly ended: number;
  readonly working: number;
  readonly bad: number;
}

/** `7 steps`, `1 of 7 failed`, `1 failed, 3 of 7 done, 2 at work`: what needs a person first, where the line may be cut. */
function describeCounts({ isOver, total, ended, working, bad }: Counts): string {
  if (isOver) return bad > 0 ? `${formatCount(bad)} of ${countOf(total, 'step')} failed` : countOf(total, 'step');
  if (ended + working === 0) return countOf(total, 'step');
  const parts = [
    bad > 0 ? `${formatCount(bad)} failed` : '',
    `${formatCount(ended)} of ${formatCount(total)} done`,
    working > 1 ? `${formatCount(working)} at work` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
