import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Instant } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { sourcesOfInput, type ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { isStepEnded, type RunStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { fingerprintOf, type KnownOutputs } from './fingerprint.ts';
import { itemKey, roomIn, rowOfLoop, stepOfItem, withItemEnded, withItemsBegun, type Loop } from './loop.ts';
import { readinessOf } from './readiness.ts';
import { isSpared, type EnginePlan } from './run-state.ts';
import { commonOf as common, whoStopped } from './step-rows.ts';
import type { TurnDraft } from './turn-draft.ts';

/**
 * Brings a run to rest after an event: stop what must stop, end what can no longer run, decide what has all it reads,
 * hand out places, finish when nothing is left. One pass in topological order suffices for the cascade, because a step
 * depends only on steps before it.
 */
export function settle(plan: EnginePlan, draft: TurnDraft, at: Instant): void {
  if (draft.status === 'queued') return;
  haltOnFailure(plan, draft);
  cancelWhatHasNotBegun(draft, at);
  advance(plan, draft, at);
  // Items that end make room for others, and the last one ends its loop, which others may wait for.
  if (advanceLoops(plan, draft, at)) advance(plan, draft, at);
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

function cancelWhatHasNotBegun(draft: TurnDraft, at: Instant): void {
  const cause = draft.stop;
  if (!cause) return;
  const by = whoStopped(cause);
  for (const row of draft.steps.values()) {
    if (isSpared(draft, row.key)) continue;
    const isHeldBack = row.status === 'queued' && !draft.isDispatched(row.key);
    if (row.status === 'waiting') {
      draft.set({ ...common(row), status: 'cancelled', endedAt: at, by });
    } else if (row.status === 'preparing' || row.status === 'retrying' || isHeldBack) {
      const { decision, reasons, fingerprint } = row;
      draft.set({ ...common(row), decision, reasons, fingerprint, status: 'cancelled', endedAt: at, by });
    }
  }
}

/** Only what waits for a step that changed can have become ready or impossible; at the start, everything can. */
function advance(plan: EnginePlan, draft: TurnDraft, at: Instant): void {
  const order = Object.keys(plan.snapshot.steps);
  const candidates = new Set<string>();
  const { changed } = draft;
  const isStart = changed.size === 0;
  if (!isStart) for (const key of changed) for (const consumer of plan.consumers.get(key) ?? []) candidates.add(consumer);
  if (!isStart && candidates.size === 0) return;
  for (const key of order) {
    if (!isStart && !candidates.has(key)) continue;
    const row = draft.row(key, 'waiting');
    if (!row || draft.deciding(key) || draft.isExpanding(key)) continue;
    if (moveOn(plan, draft, { row, at })) for (const consumer of plan.consumers.get(key) ?? []) candidates.add(consumer);
  }
}

/** Tells whether the step ended here, so that those that wait for it must be looked at in the same pass. */
function moveOn(plan: EnginePlan, draft: TurnDraft, { row, at }: { row: StepRun; at: Instant }): boolean {
  const readiness = readinessOf(plan, draft.steps, row.key);
  switch (readiness.kind) {
    case 'waiting':
      return false;
    case 'ready': {
      const step = plan.snapshot.steps[row.key];
      if (step?.control?.forEach) draft.expand(row.key);
      else if (step) draft.decide(row.key, fingerprintOf(step, knownOutputs(draft.steps, step)));
      return false;
    }
    case 'blocked':
      draft.set({ ...common(row), status: 'blocked', endedAt: at, by: [...readiness.by] });
      return true;
    case 'skipped':
      draft.set({ ...common(row), status: 'skipped', endedAt: at, why: readiness.why });
      return true;
    case 'failed': {
      const failure = { reason: 'condition' as const, message: readiness.message, firstError: readiness.message, lastLines: [] };
      draft.set({ ...common(row), status: 'failed', endedAt: at, failure });
      return true;
    }
    default:
      return assertNever(readiness);
  }
}

/** Counts the items that have ended, begins as many others, and ends the loops that are through; tells whether one is. */
function advanceLoops(plan: EnginePlan, draft: TurnDraft, at: Instant): boolean {
  let hasEnded = false;
  for (const [key, before] of draft.loops) {
    const row = draft.row(key, 'running');
    const step = plan.snapshot.steps[key];
    if (!row || !step) continue;
    let loop = before;
    for (const item of before.active) {
      const ended = draft.steps.get(item);
      if (!ended || !isStepEnded(ended.status)) continue;
      loop = withItemEnded(loop, ended);
      draft.forget(item);
    }
    if (!draft.stop) loop = beginItems(draft, { key, step, loop });
    if (loop !== before) draft.setLoop(key, loop);
    const next = rowOfLoop(row, loop, { stop: draft.stop, at });
    if (next.status !== 'running' || loop.ended !== before.ended) draft.set(next);
    if (next.status === 'running') continue;
    draft.endLoop(key);
    hasEnded = true;
  }
  return hasEnded;
}

function beginItems(draft: TurnDraft, { key, step, loop }: { readonly key: string; readonly step: ResolvedStep; readonly loop: Loop }): Loop {
  const room = roomIn(loop, step.control?.forEach?.maxParallel ?? null);
  const keys = Array.from({ length: room }, (_, offset) => itemKey(key, loop.begun + offset));
  for (const [offset, itemsKey] of keys.entries()) {
    const item = loop.items[loop.begun + offset];
    if (item === undefined) throw new Error(`Internal error: expected item ${itemsKey}`);
    const own = stepOfItem(step, item, loop.begun + offset);
    draft.set({ key: itemsKey, status: 'waiting', attempts: 0, notes: step.notes });
    draft.decide(itemsKey, fingerprintOf(own, knownOutputs(draft.steps, own)));
  }
  return keys.length === 0 ? loop : withItemsBegun(loop, keys);
}

function dispatch(plan: EnginePlan, draft: TurnDraft): void {
  const limit = plan.snapshot.maxParallel ?? Number.POSITIVE_INFINITY;
  if (draft.dispatchedCount >= limit) return;
  // Without a limit only a step that was queued in this turn can be sent.
  const keys = limit === Number.POSITIVE_INFINITY ? draft.changed : draft.steps.keys();
  for (const key of keys) {
    if (draft.dispatchedCount >= limit) return;
    // After a stop only the last step can still be queued.
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
  if (draft.stop?.kind === 'timed-out') return 'timed-out';
  return rows.some(isFailure) ? 'failed' : 'completed';
}

/** The outputs that exist of the steps that this one reads. */
function knownOutputs(steps: ReadonlyMap<string, StepRun>, step: ResolvedStep): KnownOutputs {
  const known = new Map<string, Readonly<Record<string, Artifact>>>();
  for (const source of Object.values(step.inputs).flatMap(sourcesOfInput)) {
    const row = steps.get(source.step);
    if (row?.status === 'completed' || row?.status === 'reused') known.set(row.key, row.outputs);
  }
  return known;
}

const isFailure = (row: StepRun): boolean => row.status === 'failed' || row.status === 'timed-out' || row.status === 'lost';
