import type { StepStatus } from '@pipewright/shared/run/status.ts';
import { type Changing, factOf } from '../../../canvas/fact.ts';
import { nestedStanding, stripOfNested } from '../../../canvas/nested-strip.ts';
import { type GroupStanding, groupStrip } from '../../../canvas/paper/group-strip.ts';
import type { GroupFacts } from '../../../canvas/step-facts.ts';
import { isStaleInside } from '../model/stale-steps.ts';
import type { AttachedRunSource } from '../store/attached-run.ts';
import type { Editor } from '../store/editor-context.tsx';
import { toggleCollapsed } from './paper-acts.ts';

interface Sources {
  readonly attached: AttachedRunSource;
  readonly derived: Editor['derived'];
}

/** In the attached run; of a pipeline, of all that is in it. */
export function statusOf(step: string, { attached, derived }: Sources): StepStatus | 'none' {
  const { steps } = attached.get();
  const view = derived.getState().drawn.get(step);
  const status = steps[view?.loop ?? step]?.status;
  return status ?? (view?.isPipeline ? (stripOfNested(nestedStanding(steps, step))?.status ?? 'none') : 'none');
}

interface GroupSources extends Sources {
  readonly store: Editor['store'];
  readonly changing: readonly Changing[];
}

export function groupFacts({ store, changing, ...sources }: GroupSources): GroupFacts {
  return {
    strip: (steps) =>
      factOf({
        from: changing,
        // As text, so that it can be compared.
        read: () => [JSON.stringify(standingOfGroup(steps, sources))] as const,
        make: () => groupStrip(standingOfGroup(steps, sources)),
      }),
    isSelectable: true,
    expand: (group) => toggleCollapsed({ store }, [group]),
  };
}

function standingOfGroup(steps: readonly string[], at: Sources): GroupStanding {
  const { problemsOf, plannedOf, stale, drawn } = at.derived.getState();
  const statuses: Partial<Record<StepStatus, number>> = {};
  const planned = { run: 0, reuse: 0 };
  for (const step of steps) {
    const status = statusOf(step, at);
    if (status !== 'none') statuses[status] = (statuses[status] ?? 0) + 1;
    const decision = plannedOf.get(step)?.decision;
    if (decision !== undefined) planned[decision === 'reuse' ? 'reuse' : 'run'] += 1;
  }
  const problems = steps.reduce((sum, step) => sum + (problemsOf.get(step)?.length ?? 0), 0);
  const isStale = (step: string): boolean => stale.has(step) || isStaleInside(stale, step);
  return {
    statuses,
    problems,
    stale: steps.filter(isStale).length,
    aside: steps.filter((step) => drawn.get(step)?.aside).length,
    willRun: planned.run,
    willReuse: planned.reuse,
    total: steps.length,
  };
}
