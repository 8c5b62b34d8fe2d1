import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';
import { sourcesOfInput, type ResolvedStep, type RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { decideStep, whyItRuns, type StepDecision } from '../engine/decide-step.ts';
import { fingerprintOf } from '../engine/fingerprint.ts';
import { lookUpEarlier, type Memory } from './look-up-earlier.ts';
import { takeOver } from './take-over.ts';

/**
 * What a run of this snapshot would do. Goes down the graph as the run will: where everything that a step reads is
 * known, its decision is the run's own; below a step that will run it hangs on bytes that do not exist yet.
 */
export async function planRun(memory: Memory, snapshot: RunSnapshot, origin: RunOrigin): Promise<PlannedStep[]> {
  const known = new Map<string, Readonly<Record<string, Artifact>>>();
  const planned: PlannedStep[] = [];
  for (const [key, step] of Object.entries(snapshot.steps)) {
    if (step.control?.forEach && !step.control.standIn) {
      const reasons: Reason[] = [{ code: 'per-item', text: 'each item is decided by itself' }];
      planned.push(withCondition(step, { key, displayName: step.displayName, decision: 'run-or-reuse', reasons, donor: null, expectedMs: null }));
      continue;
    }
    const subject = { key, step, origin };
    const open = step.control?.standIn ? new Map<string, string>() : openSources(step, known);
    if (open.size > 0) {
      planned.push(withCondition(step, await planBelow(memory, snapshot, { ...subject, open, known })));
      continue;
    }
    const fingerprint = fingerprintOf(step, known);
    const taken = await takeOver(memory, { snapshot, key, hash: fingerprint.hash });
    if (taken) {
      known.set(key, taken.outputs);
      planned.push({ key, displayName: step.displayName, decision: 'reuse', reasons: [...taken.reasons], donor: taken.donor, expectedMs: null });
      continue;
    }
    const earlier = await lookUpEarlier(memory, subject, fingerprint.hash);
    const outcome = decideStep(
      { fingerprint, isForced: snapshot.force, isDeterministic: step.isDeterministic, policy: step.control?.reuse ?? 'auto' },
      earlier,
    );
    if (outcome.decision === 'reuse') known.set(key, outcome.outputs);
    planned.push(
      withCondition(step, { ...toPlanned(subject, outcome), expectedMs: outcome.decision === 'reuse' ? null : (earlier.nearest?.durationMs ?? null) }),
    );
  }
  return planned;
}

/** A step with a condition may be skipped as well: that is known only on the way. */
function withCondition({ control }: ResolvedStep, planned: PlannedStep): PlannedStep {
  if (!control || control.when === null || control.standIn) return planned;
  return { ...planned, reasons: [...planned.reasons, { code: 'conditional', text: `only if ${control.when}` }] };
}

function toPlanned({ key, step }: Pick<StepBelow, 'key' | 'step'>, outcome: StepDecision): Omit<PlannedStep, 'expectedMs'> {
  const { decision, reasons } = outcome;
  return { key, displayName: step.displayName, decision, reasons, donor: decision === 'reuse' ? outcome.donor : null };
}

interface StepBelow {
  readonly key: string;
  readonly step: ResolvedStep;
  readonly origin: RunOrigin;
  /** Input → the step above whose output does not exist yet. */
  readonly open: ReadonlyMap<string, string>;
  readonly known: ReadonlyMap<string, Readonly<Record<string, Artifact>>>;
}

async function planBelow(memory: Memory, snapshot: RunSnapshot, subject: StepBelow): Promise<PlannedStep> {
  const { key, step, open } = subject;
  const fingerprint = fingerprintOf(step, subject.known);
  const earlier = await lookUpEarlier(memory, subject, null);
  const base = { key, displayName: step.displayName, donor: null, expectedMs: earlier.nearest?.durationMs ?? null };
  const policy = step.control?.reuse ?? 'auto';
  // These hang on nothing that is still to come.
  if (snapshot.force || policy === 'never' || (policy === 'always' && earlier.newest) || (policy === 'auto' && !step.isDeterministic)) {
    return { ...base, ...toPlanned(subject, decideStep({ fingerprint, isForced: snapshot.force, isDeterministic: step.isDeterministic, policy }, earlier)) };
  }
  if (earlier.nearest === undefined) return { ...base, decision: 'run', reasons: whyItRuns(fingerprint, earlier, new Set()) };
  const differences = whyItRuns(fingerprint, earlier, new Set(open.keys())).filter((reason) => reason.code !== 'never-completed');
  const waits: Reason[] = [...new Set(open.values())].map((source) => {
    const name = snapshot.steps[source]?.displayName ?? source;
    return { code: 'upstream-will-run', subject: source, text: `reuses if ${name} gives the same bytes` };
  });
  return { ...base, decision: 'run-or-reuse', reasons: differences.length > 0 ? differences : waits };
}

function openSources(step: ResolvedStep, known: ReadonlyMap<string, unknown>): Map<string, string> {
  const open = new Map<string, string>();
  for (const [name, input] of Object.entries(step.inputs)) {
    for (const source of sourcesOfInput(input)) if (!known.has(source.step)) open.set(name, source.step);
  }
  return open;
}
