import type { Instant } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { isStepEnded, type RunStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { fingerprintOf, type KnownOutputs } from './fingerprint.ts';
import type { EnginePlan, StopCause } from './run-state.ts';
import type { TurnDraft } from './turn-draft.ts';

/**
 * Brings a run to rest after an event: stop what must stop, end what can no longer run, decide what has all it reads,
 * hand out places, finish when nothing is left. One pass in topological order suffices for the cascade, because a step
 * depends only on steps before it.
 */
export function settle(plan: EnginePlan, draft: TurnDraft, at: Instant): void {
  if (draft.status === 'queued') return;
  haltOnFailure(plan, draft);
  if (draft.stop) cancelWhatHasNotBegun(draft, draft.stop, at);
  else advance(plan, draft, at);
  dispatch(plan, draft);
  finish(draft);
}

function haltOnFailure(plan: EnginePlan, draft: TurnDraft): void {
  if (plan.snapshot.continueOnStepFailure) return;
  for (const key of draft.changed) {
    const row = draft.steps.get(key);
    if (row && isFailure(row)) draft.halt({ kind: 'step-failed', step: key });
  }
}

function cancelWhatHasNotBegun(draft: TurnDraft, cause: StopCause, at: Instant): void {
  const by = cause.kind === 'cancelled' ? cause.by : `failure of ${cause.step}`;
  for (const row of draft.steps.values()) {
    const isHeldBack = row.status === 'queued' && !draft.isDispatched(row.key);
    if (row.status === 'waiting') {
      draft.set({ key: row.key, attempts: row.attempts, notes: row.notes, status: 'cancelled', endedAt: at, by });
    } else if (row.status === 'preparing' || isHeldBack) {
      const { key, attempts, notes, decision, reasons, fingerprint } = row;
      draft.set({ key, attempts, notes, decision, reasons, fingerprint, status: 'cancelled', endedAt: at, by });
    }
  }
}

/** Only what reads a step that changed can have become ready or impossible; at the start, everything can. */
function advance(plan: EnginePlan, draft: TurnDraft, at: Instant): void {
  const order = Object.keys(plan.snapshot.steps);
  const candidates = new Set<string>();
  const isStart = draft.changed.size === 0;
  if (!isStart) for (const key of draft.changed) for (const consumer of plan.consumers.get(key) ?? []) candidates.add(consumer);
  if (!isStart && candidates.size === 0) return;
  for (const key of order) {
    if (!isStart && !candidates.has(key)) continue;
    const step = plan.snapshot.steps[key];
    const row = draft.row(key, 'waiting');
    if (!step || !row || draft.deciding(key)) continue;
    if (moveOn(draft, step, { row, at })) for (const consumer of plan.consumers.get(key) ?? []) candidates.add(consumer);
  }
}

/** Tells whether the step ended here, so that its readers must be looked at in the same pass. */
function moveOn(draft: TurnDraft, step: ResolvedStep, { row, at }: { row: StepRun; at: Instant }): boolean {
  const sources = sourcesOf(step).map((source) => ({ ...source, row: draft.steps.get(source.step) }));
  const dead = sources.filter((source) => !source.isOptional && source.row !== undefined && isDead(source.row));
  if (dead.length > 0) {
    const by = [...new Set(dead.flatMap((source) => (source.row?.status === 'blocked' ? source.row.by : [source.step])))];
    const { key, attempts, notes } = row;
    draft.set({ key, attempts, notes, status: 'blocked', endedAt: at, by });
    return true;
  }
  if (sources.every((source) => source.row !== undefined && isStepEnded(source.row.status))) {
    draft.decide(row.key, fingerprintOf(step, knownOutputs(draft.steps, step)));
  }
  return false;
}

function dispatch(plan: EnginePlan, draft: TurnDraft): void {
  const limit = plan.snapshot.maxParallel ?? Number.POSITIVE_INFINITY;
  if (draft.stop || draft.dispatchedCount >= limit) return;
  // Without a limit only a step that was queued in this turn can be sent.
  const keys = limit === Number.POSITIVE_INFINITY ? draft.changed : draft.steps.keys();
  for (const key of keys) {
    if (draft.dispatchedCount >= limit) return;
    if (draft.row(key, 'queued') && !draft.isDispatched(key)) draft.dispatch(key);
  }
}

function finish(draft: TurnDraft): void {
  const rows = [...draft.steps.values()];
  if (!rows.every((row) => isStepEnded(row.status))) return;
  draft.end(outcome(draft, rows));
}

function outcome(draft: TurnDraft, rows: readonly StepRun[]): RunStatus {
  if (draft.stop?.kind === 'cancelled') return 'cancelled';
  return rows.some(isFailure) ? 'failed' : 'completed';
}

function sourcesOf(step: ResolvedStep): { step: string; isOptional: boolean }[] {
  return Object.values(step.inputs).flatMap((input) => (input.kind === 'output' ? [{ step: input.step, isOptional: input.isOptional }] : []));
}

/** The outputs that exist of the steps that this one reads. */
function knownOutputs(steps: ReadonlyMap<string, StepRun>, step: ResolvedStep): KnownOutputs {
  const known = new Map<string, Readonly<Record<string, Artifact>>>();
  for (const source of sourcesOf(step)) {
    const row = steps.get(source.step);
    if (row?.status === 'completed' || row?.status === 'reused') known.set(source.step, row.outputs);
  }
  return known;
}

const isFailure = (row: StepRun): boolean => row.status === 'failed' || row.status === 'timed-out' || row.status === 'lost';
const isDead = (row: StepRun): boolean => isStepEnded(row.status) && row.status !== 'completed' && row.status !== 'reused';
