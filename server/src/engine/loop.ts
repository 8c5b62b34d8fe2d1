import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { Instant } from '@pipewright/shared/ids.ts';
import { splitItemKey } from '@pipewright/shared/run/item-key.ts';
import { isLoop, type LoopItem, type ResolvedControl, type ResolvedInput, type ResolvedStep, type RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
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
  /** How many of those that failed were cancelled with the run. */
  readonly cancelled: number;
  readonly succeeded: number;
  /** How many items there are to be; more than are known while a sweep still finds out what to try. */
  readonly total: number;
  /** Whether items may still be added. */
  readonly isOpen: boolean;
  /** Its items are rounds: each is known when the one before has ended well. */
  readonly isRepeat: boolean;
  /** Items that are to be ended before their time, and why. */
  readonly stopping: ReadonlyMap<string, string>;
  /** Why no further item begins; null while they do. */
  readonly closed: string | null;
  /** The first failure, as the loop's own failure quotes it. */
  readonly firstFailure: string | null;
}

/** Without a limit of its own a loop keeps this many items before the slots, so that none of them is ever idle. */
const widestWindow = 64;

/** The loop that an item belongs to and its place in it, from 0; null for a key of another kind. */
export function placeOfItem(key: string, loops: ReadonlyMap<string, Loop>): { readonly loop: string; readonly index: number } | null {
  const split = splitItemKey(key);
  return split && loops.has(split.loop) ? { loop: split.loop, index: split.number - 1 } : null;
}

export function newLoop(
  items: readonly LoopItem[],
  { upTo, isRepeat = false }: { readonly upTo?: number | undefined; readonly isRepeat?: boolean } = {},
): Loop {
  const total = Math.max(items.length, upTo ?? 0);
  const none = { begun: 0, active: new Set<string>(), ended: 0, failed: 0, cancelled: 0, succeeded: 0, stopping: new Map<string, string>(), closed: null };
  return { ...none, items, total, isOpen: upTo !== undefined && upTo > items.length, isRepeat, firstFailure: null };
}

export function withItemsAdded(loop: Loop, items: readonly LoopItem[], areLast: boolean): Loop {
  const all = [...loop.items, ...items];
  return { ...loop, items: all, isOpen: !areLast && all.length < loop.total, total: areLast ? all.length : loop.total };
}

/** Whether it must now be found out if there is another round, and with what. */
export const isBetweenRounds = ({ isRepeat, isOpen, items, ended, closed }: Loop): boolean => isRepeat && isOpen && ended === items.length && closed === null;

/** No further item begins, and those that have begun are to end. */
export function withClosed(loop: Loop, why: string): Loop {
  return { ...loop, closed: why, stopping: new Map([...loop.active].map((key) => [key, why])) };
}

export const withItemStopping = (loop: Loop, key: string, why: string): Loop => ({ ...loop, stopping: new Map([...loop.stopping, [key, why]]) });

/** How many more items may begin now. */
export function roomIn({ items, begun, active, closed }: Loop, maxParallel: number | null): number {
  return closed === null ? Math.min(items.length - begun, Math.max(0, (maxParallel ?? widestWindow) - active.size)) : 0;
}

export function withItemsBegun(loop: Loop, keys: readonly string[]): Loop {
  return { ...loop, begun: loop.begun + keys.length, active: new Set([...loop.active, ...keys]) };
}

export function withItemEnded(loop: Loop, row: StepRun): Loop {
  const active = new Set(loop.active);
  active.delete(row.key);
  const stopping = new Map(loop.stopping);
  stopping.delete(row.key);
  const isDone = row.status === 'completed' || row.status === 'reused';
  const isFailed = !isDone && !(row.status === 'cancelled' && loop.stopping.has(row.key));
  const said = isFailed && 'failure' in row ? `item ${splitItemKey(row.key)?.number}: ${row.failure?.firstError ?? row.failure?.message}` : null;
  return {
    ...loop,
    active,
    stopping,
    ended: loop.ended + 1,
    failed: loop.failed + (isFailed ? 1 : 0),
    cancelled: loop.cancelled + (isFailed && row.status === 'cancelled' ? 1 : 0),
    succeeded: loop.succeeded + (isDone ? 1 : 0),
    firstFailure: loop.firstFailure ?? said,
    // What a round that failed would have handed on is not there.
    ...(loop.isRepeat && !isDone ? { isOpen: false, total: loop.items.length } : {}),
  };
}

/** How many rounds there will be nobody knows: those that are known count. */
export const progressOf = ({ items, total, isRepeat, ended, failed }: Loop): NonNullable<StepRunOf<'running'>['items']> => ({
  total: isRepeat ? items.length : total,
  ended,
  failed,
});

interface LoopTurn {
  readonly stop: StopCause | null;
  readonly at: Instant;
  /** Of a sweep one good trial is enough. */
  readonly isSweep: boolean;
}

/** The row of a loop after an item has ended: it goes on, gathers what came of them, or ends with them. */
export function rowOfLoop(row: StepRunOf<'running'>, loop: Loop, { stop, at, isSweep }: LoopTurn): StepRun {
  const { decision, reasons, fingerprint, startedAt } = row;
  const base = { ...commonOf(row), decision, reasons, fingerprint, startedAt };
  const items = progressOf(loop);
  const isAll = loop.begun === loop.items.length && !loop.isOpen;
  const isOver = loop.active.size === 0 && (isAll || stop !== null || loop.closed !== null);
  if (!isOver) return { ...base, status: 'running', items };
  const isCutShort = loop.ended < loop.total || (loop.cancelled > 0 && loop.cancelled === loop.failed);
  if (stop !== null && isCutShort) return { ...base, status: 'cancelled', endedAt: at, by: whoStopped(stop) };
  if (isSweep ? loop.succeeded > 0 : loop.failed === 0) {
    const notes = loop.closed === null ? base.notes : [...base.notes, `${loop.closed}: ${loop.ended} of ${loop.total} trials had begun.`];
    return { ...base, notes, status: 'finalizing', since: at, items };
  }
  return { ...base, status: 'failed', endedAt: at, failure: isSweep ? failureOfSweep(loop) : failureOfLoop(loop) };
}

function failureOfLoop(loop: Loop): StepFailure {
  const { total, failed, firstFailure, isRepeat } = loop;
  if (isRepeat) {
    const why = firstFailure?.replace(/^item \d+: /, '') ?? 'it was cancelled';
    return { reason: 'items', message: `Round ${total} failed: ${why}`, firstError: why, lastLines: [] };
  }
  return itemsFailed(`${failed} of ${total} items failed.`, firstFailure);
}

/** Not one of its trials was through. */
function failureOfSweep({ total, failed, ended, firstFailure, closed }: Loop): StepFailure {
  if (failed === 0 && closed !== null) return itemsFailed(`${closed}: none of its trials was through by then.`, null);
  if (failed === ended) return itemsFailed(`${failed} of ${total} trials failed.`, firstFailure);
  return itemsFailed(`None of the ${total} trials was through: ${failed} failed, and ${ended - failed} were ended before their time.`, firstFailure);
}

function itemsFailed(what: string, firstFailure: string | null): StepFailure {
  if (firstFailure === null) return { reason: 'items', message: what, lastLines: [] };
  return { reason: 'items', message: `${what} The first: ${firstFailure}`, firstError: firstFailure, lastLines: [] };
}

/** What an item runs: the loop's step with the item as its input; it is neither a loop nor conditional itself. */
export function stepOfItem(step: ResolvedStep, item: LoopItem, index: number): ResolvedStep {
  const { control } = step;
  if (!control || !isLoop(control)) throw new Error('Internal error: expected a loop');
  const { sweep: _tried, repeat: _again, ...rest } = control;
  const own: ResolvedControl = { ...rest, after: [], when: null, forEach: null, standIn: null };
  return { ...step, displayName: `${step.displayName} ${index + 1}`, inputs: { ...step.inputs, ...inputsOfItem(step, item) }, control: own };
}

function inputsOfItem({ control, component }: ResolvedStep, item: LoopItem): Record<string, ResolvedInput> {
  const typeOf = (input: string): PortType => component.inputs[input]?.type ?? 'string';
  if ('inputs' in item) return item.inputs;
  if ('values' in item) {
    return Object.fromEntries(Object.entries(item.values).map(([name, value]) => [name, { kind: 'literal', type: typeOf(name), value }]));
  }
  const input = control?.forEach?.input ?? 'item';
  return { [input]: 'value' in item ? { kind: 'literal', type: typeOf(input), value: item.value } : { kind: 'data', type: typeOf(input), ...item } };
}

/** The step that a key stands for in a run: one of the snapshot, or an item of a loop that is under way. */
export function resolvedStepOf(snapshot: RunSnapshot, loops: ReadonlyMap<string, Loop>, key: string): ResolvedStep | undefined {
  if (Object.hasOwn(snapshot.steps, key)) return snapshot.steps[key];
  const place = placeOfItem(key, loops);
  const step = place && snapshot.steps[place.loop];
  const item = place && loops.get(place.loop)?.items[place.index];
  return step && item ? stepOfItem(step, item, place.index) : undefined;
}
