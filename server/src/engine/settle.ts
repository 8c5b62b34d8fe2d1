import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Instant } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { itemKey } from '@pipewright/shared/run/item-key.ts';
import { isLoop, sourcesOfInput, type ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { isStepEnded, type RunStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { fingerprintOf, type KnownOutputs } from './fingerprint.ts';
import { progressOf, roomIn, rowOfLoop, stepOfItem, withItemEnded, withItemsBegun, type Loop } from './loop.ts';
import { readinessOf } from './readiness.ts';
import { isSpared, type EnginePlan } from './run-state.ts';
import { commonOf as common, whoStopped, type StepRows } from './step-rows.ts';
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
  for (const row of draft.allSteps) {
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
  const candidates = new Candidates(plan);
  if (draft.isStart) candidates.addAll();
  else for (const key of draft.changed) candidates.addConsumersOf(key);
  for (let key = candidates.next(); key !== undefined; key = candidates.next()) {
    const row = draft.row(key, 'waiting');
    if (!row || draft.deciding(key) || draft.isExpanding(key)) continue;
    if (moveOn(plan, draft, { row, at })) candidates.addConsumersOf(key);
  }
}

/** Steps to be looked at, handed out in topological order; those that are added while they are handed out come later in it. */
class Candidates {
  readonly #plan: EnginePlan;
  readonly #known = new Set<string>();
  #open: string[] = [];
  #isSorted = true;

  constructor(plan: EnginePlan) {
    this.#plan = plan;
  }

  addAll(): void {
    this.#open = [...this.#plan.places.keys()].toReversed();
    for (const key of this.#open) this.#known.add(key);
  }

  addConsumersOf(key: string): void {
    for (const consumer of this.#plan.consumers.get(key) ?? []) {
      if (this.#known.has(consumer)) continue;
      this.#known.add(consumer);
      this.#open.push(consumer);
      this.#isSorted = false;
    }
  }

  next(): string | undefined {
    const { places } = this.#plan;
    if (!this.#isSorted) this.#open.sort((a, b) => (places.get(b) ?? 0) - (places.get(a) ?? 0));
    this.#isSorted = true;
    return this.#open.pop();
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
      if (isLoop(step?.control)) draft.expand(row.key);
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
    endBeforeTime(draft, loop, at);
    for (const item of before.active) {
      const ended = draft.steps.get(item);
      if (!ended || !isStepEnded(ended.status)) continue;
      loop = withItemEnded(loop, ended);
      draft.forget(item);
    }
    if (!draft.stop) loop = beginItems(draft, { key, step, loop });
    if (loop !== before) draft.setLoop(key, loop);
    const next = rowOfLoop(row, loop, { stop: draft.stop, at, isSweep: step.control?.sweep !== undefined });
    if (next.status !== 'running' || loop.ended !== before.ended || progressOf(loop).total !== row.items?.total) draft.set(next);
    if (next.status === 'running') continue;
    draft.endLoop(key);
    hasEnded = true;
  }
  return hasEnded;
}

/** Items that are to end and have no process yet. */
function endBeforeTime(draft: TurnDraft, { stopping }: Loop, at: Instant): void {
  for (const [key, by] of stopping) {
    const row = draft.steps.get(key);
    if (row?.status === 'waiting') draft.set({ ...common(row), status: 'cancelled', endedAt: at, by });
    const isHeldBack = row?.status === 'queued' && !draft.isDispatched(key);
    if (row?.status === 'preparing' || row?.status === 'retrying' || (isHeldBack && row.status === 'queued')) {
      const { decision, reasons, fingerprint } = row;
      draft.set({ ...common(row), decision, reasons, fingerprint, status: 'cancelled', endedAt: at, by });
    }
  }
}

function beginItems(draft: TurnDraft, { key, step, loop }: { readonly key: string; readonly step: ResolvedStep; readonly loop: Loop }): Loop {
  const room = roomIn(loop, step.control?.forEach?.maxParallel ?? step.control?.sweep?.maxConcurrent ?? null);
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
  for (const key of draft.heldBack) {
    if (draft.dispatchedCount >= limit) return;
    draft.dispatch(key);
  }
}

function finish(draft: TurnDraft): void {
  if (draft.isThrough) draft.end(outcome(draft, draft.allSteps));
}

function outcome(draft: TurnDraft, rows: readonly StepRun[]): RunStatus {
  if (draft.stop?.kind === 'cancelled') return 'cancelled';
  if (draft.stop?.kind === 'timed-out') return 'timed-out';
  return rows.some(isFailure) ? 'failed' : 'completed';
}

/** The outputs that exist of the steps that this one reads. */
function knownOutputs(steps: StepRows, step: ResolvedStep): KnownOutputs {
  const known = new Map<string, Readonly<Record<string, Artifact>>>();
  for (const source of Object.values(step.inputs).flatMap(sourcesOfInput)) {
    const row = steps.get(source.step);
    if (row?.status === 'completed' || row?.status === 'reused') known.set(row.key, row.outputs);
  }
  return known;
}

const isFailure = (row: StepRun): boolean => row.status === 'failed' || row.status === 'timed-out' || row.status === 'lost';
