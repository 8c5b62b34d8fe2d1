import { statusOfNested } from '@pipewright/shared/run/nested-status.ts';
import { isStepEnded, StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { millisecondsBetween } from '../ui/format/duration.ts';
import { countOf } from '../ui/format/number.ts';
import { statusWord } from '../ui/status/status-looks.ts';
import type { StepStrip } from './step-strip.ts';

/**
 * Where the steps of a pipeline inside a run stand. Text, so that it can be compared: its node is woken when that changes.
 * Empty while the run has none of them.
 */
export function nestedStanding(steps: Readonly<Record<string, StepRun>>, key: string): string {
  const inside = Object.values(steps).filter((step) => step.key.startsWith(`${key}/`));
  if (inside.length === 0) return '';
  const ended = inside.filter(({ status }) => isStepEnded(status));
  const starts = inside.flatMap((step) => ('startedAt' in step && step.startedAt !== undefined ? [step.startedAt] : []));
  const ends = inside.flatMap((step) => ('endedAt' in step ? [step.endedAt] : []));
  const status = statusOfNested(inside.map((step) => step.status));
  const end = ended.length === inside.length ? (ends.toSorted().at(-1) ?? '') : '';
  return [status, ended.length, inside.length, starts.toSorted()[0] ?? '', end].join(' ');
}

/** The strip of a pipeline's node, of what `nestedStanding` says; null where no run is about it. */
export function stripOfNested(standing: string): StepStrip | null {
  if (standing === '') return null;
  const [word = '', ended = '', total = '', startedAt = '', endedAt = ''] = standing.split(' ');
  const status = StepStatus.parse(word);
  const isOver = isStepEnded(status);
  const time =
    startedAt === ''
      ? null
      : isOver && endedAt !== ''
        ? ({ kind: 'took', ms: millisecondsBetween(startedAt, endedAt) } as const)
        : ({ kind: 'counting', since: startedAt } as const);
  const detail = isOver ? countOf(Number(total), 'step') : status === 'waiting' ? '' : `${ended} of ${total} steps`;
  return { status, look: status, word: statusWord(status), detail, isDetailCode: false, time: isOver || status === 'running' ? time : null };
}
