import { retryPolicyOf } from '@pipewright/shared/pipeline/step-control.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import {
  IconAdjustmentsSearch,
  IconSitemap,
  IconClockHour4,
  IconFlagCheck,
  IconHelpHexagon,
  IconRefresh,
  IconRepeat,
  type TablerIcon,
} from '@tabler/icons-react';
import { countOf } from '../ui/format/number.ts';
import classes from './step-node.module.css';

/** What of its control flow a node shows: that it may be skipped, runs for each item, tries again, ends in time, runs last. */
export interface StepMark {
  readonly kind: keyof typeof icons;
  readonly text: string;
}

const icons = {
  condition: IconHelpHexagon,
  loop: IconRepeat,
  retries: IconRefresh,
  limit: IconClockHour4,
  last: IconFlagCheck,
  pipeline: IconSitemap,
  sweep: IconAdjustmentsSearch,
} as const satisfies Record<string, TablerIcon>;

interface MarkedStep {
  readonly isLast: boolean;
  readonly isPipeline: boolean;
}

export function marksOf(step: Step, { isLast, isPipeline }: MarkedStep): StepMark[] {
  const retries = retryPolicyOf(step.retries)?.count ?? 0;
  const timeout = step.limits?.timeout;
  return [
    ...(isPipeline ? [{ kind: 'pipeline' as const, text: 'is a pipeline' }] : []),
    ...(step.trial === undefined ? [] : [{ kind: 'sweep' as const, text: 'tries many values' }]),
    ...(step.when === undefined ? [] : [{ kind: 'condition' as const, text: `runs only if ${String(step.when)}` }]),
    ...(step.for_each === undefined ? [] : [{ kind: 'loop' as const, text: loopText(step.for_each) }]),
    ...(retries === 0 ? [] : [{ kind: 'retries' as const, text: `tries again up to ${countOf(retries, 'time')}` }]),
    ...(timeout === undefined ? [] : [{ kind: 'limit' as const, text: `is stopped after ${timeout} s` }]),
    ...(isLast ? [{ kind: 'last' as const, text: 'runs last, whatever becomes of the others' }] : []),
  ];
}

const loopText = ({ items }: NonNullable<Step['for_each']>): string =>
  typeof items === 'string' ? `runs for each of ${items}` : `runs for each of ${countOf(items.length, 'item')}`;

export function StepMarks({ marks }: { readonly marks: readonly StepMark[] }) {
  return (
    <span className={classes.marks}>
      {marks.map(({ kind, text }) => {
        const Icon = icons[kind];
        return (
          <span key={kind} title={text} data-mark-kind={kind}>
            <Icon size={13} stroke={1.9} aria-hidden />
          </span>
        );
      })}
    </span>
  );
}
