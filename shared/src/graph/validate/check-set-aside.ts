import type { DraftOp } from '../../draft/draft-op.ts';
import { bypassTag, disabledTag, hasPin, isBypassed, isDisabled, pinOf, pinTag } from '../../pipeline/step-aside.ts';
import { withoutTag } from '../../pipeline/step-tags.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem, ProblemFix } from '../problem.ts';
import { readOtherwise, whyNotBypass } from '../bypass.ts';
import type { Aside } from '../set-aside.ts';
import { type PipelineScope, stepTitle } from './step-scope.ts';

/** What is to be known of steps that are disabled, bypassed or pinned. */
export function checkSetAside(scope: PipelineScope, aside: ReadonlyMap<string, Aside>): Problem[] {
  const { document, components } = scope;
  const steps = Object.entries(document.jobs);
  const isNothingLeft = steps.length > 0 && steps.every(([key]) => aside.has(key));
  return [
    ...(isNothingLeft ? [nothingRuns()] : []),
    ...steps.flatMap(([key, step]): Problem[] => {
      const why = aside.get(key);
      if (why?.kind === 'needs') return [needsDisabled(scope, { key, step, of: why.of })];
      if (isBypassed(step) && why === undefined) {
        const reason = whyNotBypass(key, document, components) ?? readOtherwise;
        const message = `${stepTitle(key, step)} cannot be bypassed: ${reason}. Run it, or disable it.`;
        return [
          {
            severity: 'error',
            code: 'cannot-bypass',
            message,
            step: key,
            path: ['jobs', key, 'tags', bypassTag],
            fix: removeTag(key, step, { tag: bypassTag, text: 'Run it again' }),
          },
        ];
      }
      if (!hasPin(step) || isDisabled(step) || isBypassed(step) || pinOf(key, step) !== null) return [];
      const message = `The pin of ${stepTitle(key, step)} names no run: it is a run's number, and what the step is called in it.`;
      return [
        {
          severity: 'warning',
          code: 'invalid-value',
          message,
          step: key,
          path: ['jobs', key, 'tags', pinTag],
          fix: removeTag(key, step, { tag: pinTag, text: 'Unpin it' }),
        },
      ];
    }),
  ];
}

const nothingRuns = (): Problem => ({
  severity: 'error',
  code: 'no-steps',
  message: 'Every step is disabled or bypassed, or needs one that is disabled: there is nothing to run.',
  path: ['jobs'],
});

interface Needing {
  readonly key: string;
  readonly step: Step;
  readonly of: readonly string[];
}

function needsDisabled({ document }: PipelineScope, { key, step, of }: Needing): Problem {
  const titles = of.map((source) => stepTitle(source, document.jobs[source] ?? { inputs: {}, outputs: {} })).join(', ');
  const [source] = of.filter((candidate) => document.jobs[candidate] && isDisabled(document.jobs[candidate]));
  const disabled = source === undefined ? undefined : document.jobs[source];
  const message = disabled
    ? `${stepTitle(key, step)} needs ${titles}, which is disabled: it is not run either.`
    : `${stepTitle(key, step)} needs ${titles}, which is not run because of a disabled step: it is not run either.`;
  const fix = source !== undefined && disabled ? { fix: removeTag(source, disabled, { tag: disabledTag, text: `Enable ${stepTitle(source, disabled)}` }) } : {};
  return { severity: 'warning', code: 'needs-disabled', message, step: key, path: ['jobs', key], ...fix };
}

function removeTag(key: string, step: Step, { tag, text }: { readonly tag: string; readonly text: string }): ProblemFix {
  const tags = withoutTag(step, tag);
  const op: DraftOp = { op: 'step.setField', step: key, field: 'tags', ...(tags === undefined ? {} : { value: tags }) };
  return { text, ops: [op] };
}
