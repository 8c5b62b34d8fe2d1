import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import { isStepDone, isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepAside } from '../../../canvas/step-view.ts';
import type { StepStrip } from '../../../canvas/step-strip.ts';
import type { StepChange } from './changed-since.ts';
import type { RunCause } from './run-cause.ts';

/** Everything that has a say in what the strip of a draft's step shows. */
export interface StripFacts {
  /** What the strip says before there is a run or a plan. */
  readonly version: string;
  /** The component that is not known here; null when it is. */
  readonly missing: string | null;
  readonly aside: StepAside | null;
  /** The run whose result it takes. */
  readonly pinnedTo: string | null;
  /** It is in a registry of Azure. */
  readonly isElsewhere: boolean;
  /** The attached run, and the step in it. */
  readonly run: { readonly id: string; readonly strip: StepStrip | null } | null;
  readonly change: StepChange | null;
  /** Ports and parameters with errors. */
  readonly problems: readonly string[];
  readonly planned: PlannedStep | null;
  /** Why it will run, where it will. */
  readonly cause: RunCause | null;
  /** What the run that is shown gave is not what the next run takes, though nothing of it runs again: another run's result fits. */
  readonly isSuperseded: boolean;
  /** Something that it is made of, or something above it, is different from what it last ran with. */
  readonly isStale: boolean;
  /** The plan knows the last edit. */
  readonly isPlanCurrent: boolean;
}

/**
 * What a step of a draft says about itself, the most urgent first: that it cannot be there, what it is doing, what is
 * wrong with it, what has changed since it ran, what came of it, what it will do.
 */
export function draftStrip(facts: StripFacts): StepStrip {
  const { version, missing, isElsewhere, run, change, problems, planned, isStale, isPlanCurrent, aside, pinnedTo } = facts;
  const isGoing = run?.strip != null && run.strip.status !== 'none' && !isStepEnded(run.strip.status);
  if (aside !== null && !isGoing) return says(aside.kind, asideWords[aside.kind], aside.kind === 'bypassed' ? 'its input goes on' : aside.text);
  if (pinnedTo !== null && !isGoing && problems.length === 0) return { ...says('pinned', 'Pinned', `result of run ${pinnedTo}`), status: statusIn(run) };
  if (isElsewhere && problems.length === 0) return says('elsewhere', 'Azure registry', 'kept, cannot run here');
  if (missing !== null && !isElsewhere) return says('missing', 'Component not found', missing);
  const ran = run?.strip ?? null;
  const isUnderWay = ran !== null && ran.status !== 'none' && !isStepEnded(ran.status);
  if (isUnderWay && change === null) return ran;
  if (problems.length > 0) return says('problem', problems.length === 1 ? '1 problem' : `${problems.length} problems`, [...new Set(problems)].join(', '));
  if (run !== null && ran === null && change === 'added') return says('not-run', 'Not run', `added after run ${run.id}`);
  if (run !== null && ran === null && planned === null) return says('not-run', 'Not run', `not part of run ${run.id}`);
  if (run !== null && ran !== null && change === 'changed') return changedSince(run.id, ran, isPlanCurrent ? facts : { planned: null, cause: null });
  if (ran !== null && planned !== null && ran.status !== 'none' && isStepDone(ran.status)) {
    // Done, and yet the next run will do it again, or take what another one made.
    if (planned.decision === 'reuse') return facts.isSuperseded ? { ...willReuse(planned), status: ran.status } : ran;
    return isStale ? willRun({ planned, cause: facts.cause }, ran) : ran;
  }
  if (ran !== null) return ran;
  if (planned) return planned.decision === 'reuse' ? willReuse(planned) : willRun({ planned, cause: facts.cause }, null);
  return says('version', version, '');
}

const asideWords = { disabled: 'Disabled', bypassed: 'Bypassed', needs: 'Not run' } as const;
const statusIn = (run: StripFacts['run']): StepStrip['status'] => run?.strip?.status ?? 'none';

function changedSince(runId: string, ran: StepStrip, { planned, cause }: Pick<StripFacts, 'planned' | 'cause'>): StepStrip {
  if (planned?.decision === 'reuse') return { ...willReuse(planned), status: ran.status };
  if (planned) return willRun({ planned, cause }, ran);
  return { ...says('changed', 'Changed', `since run ${runId}`), status: ran.status, was: ran.status === 'none' ? undefined : ran.status };
}

interface Planned {
  readonly planned: PlannedStep;
  readonly cause: RunCause | null;
}

function willRun({ planned, cause }: Planned, ran: StepStrip | null): StepStrip {
  const strip = says('will-run', planned.decision === 'run-or-reuse' ? 'May run' : 'Will run', cause?.text ?? '');
  return { ...strip, status: ran?.status ?? 'none', ...(cause === null || cause.origin === null ? {} : { origin: cause.origin }) };
}

const willReuse = (planned: PlannedStep): StepStrip =>
  says('will-reuse', 'Will reuse', planned.donor ? `from run ${planned.donor.run}` : (planned.reasons[0]?.text ?? ''));

const says = (look: StepStrip['look'], word: string, detail: string): StepStrip => ({ status: 'none', look, word, detail, isDetailCode: false, time: null });
