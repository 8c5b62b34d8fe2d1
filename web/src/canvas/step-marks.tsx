import { controlStepLinks, stepsIn } from '@pipewright/shared/azure/control-steps.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { mostRounds, retryPolicyOf } from '@pipewright/shared/pipeline/step-control.ts';
import { isBypassed, isDisabled, pinOf } from '@pipewright/shared/pipeline/step-aside.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import {
  IconAdjustmentsSearch,
  IconArrowCurveRight,
  IconCircleOff,
  IconPin,
  IconArrowBigUpLine,
  IconArrowsSplit2,
  IconSitemap,
  IconClockHour4,
  IconFlagCheck,
  IconHelpHexagon,
  IconRefresh,
  IconRepeat,
  IconRotateClockwise,
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
  branch: IconArrowsSplit2,
  newer: IconArrowBigUpLine,
  condition: IconHelpHexagon,
  loop: IconRepeat,
  repeated: IconRotateClockwise,
  retries: IconRefresh,
  limit: IconClockHour4,
  last: IconFlagCheck,
  pipeline: IconSitemap,
  sweep: IconAdjustmentsSearch,
  disabled: IconCircleOff,
  bypassed: IconArrowCurveRight,
  pinned: IconPin,
} as const satisfies Record<string, TablerIcon>;

interface MarkedStep {
  readonly key: string;
  readonly document: Pick<Pipeline, 'jobs' | 'settings'>;
  readonly isPipeline: boolean;
  /** A newer version of its component that is registered. */
  readonly newer?: string | undefined;
}

export function marksOf(step: Step, { key, document, isPipeline, newer }: MarkedStep): StepMark[] {
  const retries = retryPolicyOf(step.retries)?.count ?? 0;
  const timeout = step.limits?.timeout;
  const pin = pinOf(key, step);
  return [
    ...(isDisabled(step) ? [{ kind: 'disabled' as const, text: 'is disabled' }] : []),
    ...(isBypassed(step) ? [{ kind: 'bypassed' as const, text: 'is bypassed' }] : []),
    ...(pin === null ? [] : [{ kind: 'pinned' as const, text: `takes its result of run ${pin.run}` }]),
    ...(isPipeline ? [{ kind: 'pipeline' as const, text: 'is a pipeline' }] : []),
    ...(step.trial === undefined ? [] : [{ kind: 'sweep' as const, text: 'tries many values' }]),
    ...controlMarks(step),
    ...blockMarks(key, document.jobs),
    ...(step.when === undefined ? [] : [{ kind: 'condition' as const, text: `runs only if ${String(step.when)}` }]),
    ...(step.for_each === undefined ? [] : [{ kind: 'loop' as const, text: loopText(step.for_each) }]),
    ...(step.repeat === undefined ? [] : [{ kind: 'repeated' as const, text: repeatText(step.repeat) }]),
    ...(retries === 0 ? [] : [{ kind: 'retries' as const, text: `tries again up to ${countOf(retries, 'time')}` }]),
    ...(timeout === undefined ? [] : [{ kind: 'limit' as const, text: `is stopped after ${timeout} s` }]),
    ...(newer === undefined ? [] : [{ kind: 'newer' as const, text: `version ${newer} of its component is registered` }]),
    ...(document.settings?.on_finalize === key ? [{ kind: 'last' as const, text: 'runs last, whatever becomes of the others' }] : []),
  ];
}

/** Azure's own branches and loops, which do no work of their own. */
function controlMarks(step: Step): StepMark[] {
  const body = stepsIn(step, 'body').join(', ');
  switch (step.type) {
    case 'if_else':
      return [{ kind: 'branch', text: `chooses by ${String(step['condition'])}` }];
    case 'parallel_for':
      return [{ kind: 'loop', text: `runs ${body} for each item` }];
    case 'do_while':
      return [{ kind: 'repeated', text: `repeats ${body} until its condition is false` }];
    default:
      return [];
  }
}

/** What the branches and loops say of a step that name it; each kind of mark once. */
function blockMarks(key: string, jobs: Pipeline['jobs']): StepMark[] {
  const marks = new Map<StepMark['kind'], string[]>();
  const add = (kind: StepMark['kind'], text: string): unknown => marks.set(kind, [...(marks.get(kind) ?? []), text]);
  for (const { from, to, field } of controlStepLinks(jobs)) {
    if (field !== 'body' && to === key) add('condition', `runs only if ${from} is ${field === 'true_block' ? 'true' : 'false'}`);
    if (field === 'body' && from === key) {
      if (jobs[to]?.type === 'do_while') add('repeated', `is repeated by ${to}`);
      else add('loop', `is done by ${to}, for each item`);
    }
  }
  return [...marks].map(([kind, texts]) => ({ kind, text: texts.join(', ') }));
}

const repeatText = ({ while: again, max }: NonNullable<Step['repeat']>): string =>
  typeof again === 'string' ? `runs again while ${again} is true` : `runs ${countOf(again ? (max ?? mostRounds) : 1, 'time')}`;

const loopText = ({ items }: NonNullable<Step['for_each']>): string =>
  typeof items === 'string' ? `runs for each of ${items}` : `runs for each of ${countOf(items.length, 'item')}`;

export function StepMarks({ marks }: { readonly marks: readonly StepMark[] }) {
  return (
    <span className={classes.marks}>
      {marks.map(({ kind, text }) => {
        const Icon = icons[kind];
        return (
          <span key={`${kind} ${text}`} title={text} data-mark-kind={kind}>
            <Icon size={13} stroke={1.9} aria-hidden />
          </span>
        );
      })}
    </span>
  );
}
