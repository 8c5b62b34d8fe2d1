import type { Instant } from '@pipewright/shared/ids.ts';
import type { LoopItem, ResolvedControl, ResolvedInput, ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { StepRun, StepRunOf } from '@pipewright/shared/run/step-run.ts';
import { commonOf, whoStopped } from './step-rows.ts';
import type { StopCause } from './run-state.ts';

/**
 * A loop while it runs. Its items become rows of their own (`each/1`) as they come due, and leave the state when they
 * have ended: a loop over a hundred thousand items holds as many rows as may run at once.
 */
export interface Loop {
  readonly items: readonly LoopItem[];
  /** How many items have begun. */
  readonly begun: number;
  /** Keys of the items that have begun and not ended. */
  readonly active: ReadonlySet<string>;
  readonly ended: number;
  readonly failed: number;
  /** The first failure, as the loop's own failure quotes it. */
  readonly firstFailure: string | null;
}

/** Without a limit of its own a loop keeps this many items before the slots, so that none of them is ever idle. */
const widestWindow = 64;

export const itemKey = (loop: string, index: number): string => `${loop}/${index + 1}`;

/** The loop that an item belongs to and its place in it, from 0; null for a key of another kind. */
export function placeOfItem(key: string, loops: ReadonlyMap<string, Loop>): { readonly loop: string; readonly index: number } | null {
  const slash = key.lastIndexOf('/');
  const loop = key.slice(0, Math.max(slash, 0));
  return slash > 0 && loops.has(loop) ? { loop, index: Number(key.slice(slash + 1)) - 1 } : null;
}

export function newLoop(items: readonly LoopItem[]): Loop {
  return { items, begun: 0, active: new Set(), ended: 0, failed: 0, firstFailure: null };
}

/** How many more items may begin now. */
export function roomIn({ items, begun, active }: Loop, maxParallel: number | null): number {
  return Math.min(items.length - begun, Math.max(0, (maxParallel ?? widestWindow) - active.size));
}

export function withItemsBegun(loop: Loop, keys: readonly string[]): Loop {
  return { ...loop, begun: loop.begun + keys.length, active: new Set([...loop.active, ...keys]) };
}

export function withItemEnded(loop: Loop, row: StepRun): Loop {
  const active = new Set(loop.active);
  active.delete(row.key);
  const isFailed = row.status !== 'completed' && row.status !== 'reused';
  const said = isFailed && 'failure' in row ? `item ${row.key.slice(row.key.lastIndexOf('/') + 1)}: ${row.failure?.firstError ?? row.failure?.message}` : null;
  return { ...loop, active, ended: loop.ended + 1, failed: loop.failed + (isFailed ? 1 : 0), firstFailure: loop.firstFailure ?? said };
}

export const progressOf = ({ items, ended, failed }: Loop): NonNullable<StepRunOf<'running'>['items']> => ({ total: items.length, ended, failed });

/** The row of a loop after an item has ended: it goes on, gathers what came of them, or ends with them. */
export function rowOfLoop(row: StepRunOf<'running'>, loop: Loop, { stop, at }: { readonly stop: StopCause | null; readonly at: Instant }): StepRun {
  const { decision, reasons, fingerprint, startedAt } = row;
  const base = { ...commonOf(row), decision, reasons, fingerprint, startedAt };
  const items = progressOf(loop);
  const isOver = loop.active.size === 0 && (loop.begun === loop.items.length || stop !== null);
  if (!isOver) return { ...base, status: 'running', items };
  if (stop !== null && loop.ended < loop.items.length) return { ...base, status: 'cancelled', endedAt: at, by: whoStopped(stop) };
  if (loop.failed === 0) return { ...base, status: 'finalizing', since: at, items };
  return { ...base, status: 'failed', endedAt: at, failure: failureOfLoop(loop) };
}

function failureOfLoop({ items, failed, firstFailure }: Loop): StepFailure {
  const first = firstFailure === null ? '' : ` The first: ${firstFailure}`;
  return {
    reason: 'items',
    message: `${failed} of ${items.length} items failed.${first}`,
    ...(firstFailure === null ? {} : { firstError: firstFailure }),
    lastLines: [],
  };
}

/** What an item runs: the loop's step with the item as its input; it is neither a loop nor conditional itself. */
export function stepOfItem(step: ResolvedStep, item: LoopItem, index: number): ResolvedStep {
  const { control } = step;
  if (!control?.forEach) throw new Error('Internal error: expected a loop');
  const { input } = control.forEach;
  const type = step.component.inputs[input]?.type ?? 'string';
  const value: ResolvedInput = 'value' in item ? { kind: 'literal', type, value: item.value } : { kind: 'data', type, ...item };
  const own: ResolvedControl = { ...control, after: [], when: null, forEach: null, standIn: null };
  return { ...step, displayName: `${step.displayName} ${index + 1}`, inputs: { ...step.inputs, [input]: value }, control: own };
}

/** The step that a key stands for in a run: one of the snapshot, or an item of a loop that is under way. */
export function resolvedStepOf(snapshot: RunSnapshot, loops: ReadonlyMap<string, Loop>, key: string): ResolvedStep | undefined {
  if (Object.hasOwn(snapshot.steps, key)) return snapshot.steps[key];
  const place = placeOfItem(key, loops);
  const step = place && snapshot.steps[place.loop];
  const item = place && loops.get(place.loop)?.items[place.index];
  return step && item ? stepOfItem(step, item, place.index) : undefined;
}
