import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { Instant } from '@pipewright/shared/ids.ts';
import type { RetryEnding } from '@pipewright/shared/pipeline/step-control.ts';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import type { Fingerprint } from './fingerprint.ts';
import { compareEffects } from './open-effects.ts';
import type { RunEffect } from './run-effect.ts';
import { isBetweenRounds, newLoop, placeOfItem, progressOf, resolvedStepOf, withClosed, withItemsAdded, withItemStopping, type Loop } from './loop.ts';
import { retryAt } from './retry.ts';
import { isSpared, type EnginePlan, type RunState } from './run-state.ts';
import { settle } from './settle.ts';
import { commonOf as common, whoStopped } from './step-rows.ts';
import { TurnDraft } from './turn-draft.ts';

/** The outcome of one event: the next state, what to do, and which rows changed. Plain data throughout. */
export interface Turn {
  readonly state: RunState;
  readonly effects: readonly RunEffect[];
  /** Ids of effects that nothing waits for any more. */
  readonly answered: readonly string[];
  /** The rows that changed, in the order of change; that of an item that has ended is no longer in the state. */
  readonly changed: readonly StepRun[];
  readonly fingerprints: Readonly<Record<string, Fingerprint>>;
}

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/**
 * The only place where a run changes. Pure: no clock, no I/O, no randomness; time is in the event. Late and repeated
 * events, and those of an earlier attempt, change nothing.
 */
export function transition(plan: EnginePlan, state: RunState, event: RunEvent): Turn {
  const draft = new TurnDraft(state);
  if (!isRunEnded(state.status)) {
    take(plan, draft, event);
    settle(plan, draft, event.at);
  }
  const next = draft.finish();
  return { state: next, ...compareEffects(state, next, draft.touched), changed: draft.changedRows, fingerprints: draft.fingerprints };
}

function take(plan: EnginePlan, draft: TurnDraft, event: RunEvent): void {
  switch (event.type) {
    case 'run:submitted':
      return draft.begin();
    case 'run:cancel-requested':
      return draft.cancel(event.by);
    case 'run:timed-out':
      return draft.timeOut();
    case 'step:reuse-found':
      return takeReuse(draft, event);
    case 'step:run-decided':
      return takeDecision(draft, event);
    case 'step:preparation-progressed':
      return takeProgress(draft, event);
    case 'step:prepared':
      return takePrepared(draft, event);
    case 'step:preparation-failed':
      return takePreparationFailure(draft, event);
    case 'step:started':
      return takeStart(draft, event);
    case 'step:exited':
      return takeExit(plan, draft, event);
    case 'step:collected':
      return takeOutputs(draft, event);
    case 'step:collection-failed':
      return takeCollectionFailure(plan, draft, event);
    case 'step:expanded':
      return takeItems(plan, draft, event);
    case 'step:items-added':
      return takeMoreItems(draft, event);
    case 'step:given-up':
      return takeGivenUp(draft, event);
    case 'step:time-up':
      return changeLoop(draft, event.step, (loop) => withClosed(loop, 'The time for the sweep was up'));
    case 'step:expansion-failed':
      return takeExpansionFailure(draft, event);
    case 'step:retry-due':
      return takeRetry(draft, event);
    case 'step:interrupted':
      return takeInterruption(draft, event);
    default:
      return assertNever(event);
  }
}

function takeReuse(draft: TurnDraft, event: EventOf<'step:reuse-found'>): void {
  const fingerprint = draft.deciding(event.step);
  const row = draft.row(event.step, 'waiting');
  if (!row || !fingerprint) return;
  const { reasons, donor, outputs, at } = event;
  draft.set({ ...common(row), status: 'reused', decision: 'reuse', reasons, fingerprint: fingerprint.hash, donor, outputs, endedAt: at });
}

function takeDecision(draft: TurnDraft, event: EventOf<'step:run-decided'>): void {
  const fingerprint = draft.deciding(event.step);
  const row = draft.row(event.step, 'waiting');
  if (!row || !fingerprint) return;
  draft.set({
    ...common(row),
    status: 'preparing',
    attempts: row.attempts + 1,
    decision: 'run',
    reasons: event.reasons,
    fingerprint: fingerprint.hash,
    since: event.at,
    detail: '',
  });
}

function takeProgress(draft: TurnDraft, event: EventOf<'step:preparation-progressed'>): void {
  const row = draft.row(event.step, 'preparing');
  if (row && row.detail !== event.detail) draft.set({ ...row, detail: event.detail });
}

function takePrepared(draft: TurnDraft, event: EventOf<'step:prepared'>): void {
  const row = draft.row(event.step, 'preparing');
  if (!row) return;
  const lock = event.lock === undefined ? {} : { lock: event.lock };
  draft.set({ ...decided(row), ...lock, status: 'queued', since: event.at, notes: withNotes(row.notes, event.notes) });
}

function takePreparationFailure(draft: TurnDraft, event: EventOf<'step:preparation-failed'>): void {
  const row = draft.row(event.step, 'preparing');
  if (row) draft.set({ ...decided(row), status: 'failed', endedAt: event.at, failure: event.failure });
}

function takeStart(draft: TurnDraft, event: EventOf<'step:started'>): void {
  const row = draft.row(event.step, 'queued');
  if (row?.attempts === event.attempt) draft.set({ ...decided(row), status: 'running', startedAt: event.at });
}

function takeExit(plan: EnginePlan, draft: TurnDraft, event: EventOf<'step:exited'>): void {
  const row = draft.row(event.step, 'running') ?? draft.row(event.step, 'queued');
  if (row?.attempts !== event.attempt) return;
  const startedAt = row.status === 'running' ? row.startedAt : event.at;
  const exited = { ...decided(row), startedAt, notes: withNotes(row.notes, event.notes ?? []), ...(event.usage ? { usage: event.usage } : {}) };
  if (event.end.kind === 'exited' && event.end.exitCode === 0) {
    draft.set({ ...exited, status: 'finalizing', since: event.at });
    return;
  }
  const stop = draft.stop;
  if (stop && !isSpared(draft, row.key)) {
    draft.set({ ...exited, endedAt: event.at, status: 'cancelled', by: whoStopped(stop) });
    return;
  }
  const failure = event.failure ?? failureOf(event.end);
  const givenUp = whyGivenUp(draft, row.key);
  if (givenUp !== undefined) {
    draft.set({ ...exited, endedAt: event.at, status: 'cancelled', by: givenUp });
    return;
  }
  const ending = event.end.kind === 'lost' || event.end.kind === 'timed-out' ? event.end.kind : 'failed';
  failAttempt(plan, draft, { row: exited, ending, failure, at: event.at });
}

interface AttemptFailure {
  readonly row: ReturnType<typeof decided> & { readonly startedAt: Instant };
  readonly ending: RetryEnding;
  readonly failure: StepFailure;
  readonly at: Instant;
}

/** Ends the step, unless it may try again. */
function failAttempt(plan: EnginePlan, draft: TurnDraft, { row, ending, failure, at }: AttemptFailure): void {
  const policy = resolvedStepOf(plan.snapshot, draft.loops, row.key)?.control?.retry ?? null;
  const tries = row.attempts - (row.interruptions ?? 0);
  const until = policy && retryAt(policy, { step: row.key, tries, ending, exitCode: failure.exitCode, at });
  if (until !== null) draft.set({ ...row, status: 'retrying', until, failure });
  else draft.set({ ...row, status: ending, endedAt: at, failure });
}

function takeItems(plan: EnginePlan, draft: TurnDraft, event: EventOf<'step:expanded'>): void {
  const row = draft.row(event.step, 'waiting');
  if (!row || !draft.isExpanding(event.step)) return;
  const isRepeat = plan.snapshot.steps[event.step]?.control?.repeat !== undefined;
  const loop = newLoop(event.items, { upTo: event.upTo, isRepeat });
  const begun = { ...common(row), attempts: 1, decision: 'run' as const, reasons: [], fingerprint: '', startedAt: event.at, items: progressOf(loop) };
  if (event.items.length === 0 && !loop.isOpen) return draft.set({ ...begun, status: 'finalizing', since: event.at });
  draft.setLoop(event.step, loop);
  draft.set({ ...begun, status: 'running' });
}

/** What was found after another number of items was found already. */
function takeMoreItems(draft: TurnDraft, { step, items, areLast, after }: EventOf<'step:items-added'>): void {
  changeLoop(draft, step, (loop) => (after === undefined || isAwaited(loop, after) ? withItemsAdded(loop, items, areLast) : loop));
}

/** Whether it is asked now how a repeated step goes on after so many rounds. */
const isAwaited = (loop: Loop, after: number): boolean => isBetweenRounds(loop) && after === loop.items.length;

function changeLoop(draft: TurnDraft, key: string, change: (loop: Loop) => Loop): void {
  const loop = draft.loops.get(key);
  if (loop) draft.setLoop(key, change(loop));
}

function takeGivenUp(draft: TurnDraft, { step, attempt, why }: EventOf<'step:given-up'>): void {
  const place = placeOfItem(step, draft.loops);
  const row = draft.row(step, 'running');
  if (!place || row?.attempts !== attempt) return;
  changeLoop(draft, place.loop, (loop) => withItemStopping(loop, step, why));
}

/** Why an item was ended before its time. */
function whyGivenUp(draft: TurnDraft, key: string): string | undefined {
  const place = placeOfItem(key, draft.loops);
  return place ? draft.loops.get(place.loop)?.stopping.get(key) : undefined;
}

function takeExpansionFailure(draft: TurnDraft, event: EventOf<'step:expansion-failed'>): void {
  const { step, at, failure, after } = event;
  const row = draft.row(step, 'waiting');
  if (row && draft.isExpanding(step)) draft.set({ ...common(row), status: 'failed', endedAt: at, failure });
  const [running, loop] = [draft.row(step, 'running'), draft.loops.get(step)];
  // What an older version wrote into a run's log does not say after how many.
  if (!running || !loop || !isAwaited(loop, after ?? loop.items.length)) return;
  draft.endLoop(step);
  draft.set({ ...decided(running), startedAt: running.startedAt, status: 'failed', endedAt: at, failure });
}

function takeRetry(draft: TurnDraft, event: EventOf<'step:retry-due'>): void {
  const row = draft.row(event.step, 'retrying');
  if (row?.attempts !== event.attempt) return;
  draft.set({ ...decided(row), status: 'preparing', attempts: row.attempts + 1, since: event.at, detail: '' });
}

function takeOutputs(draft: TurnDraft, event: EventOf<'step:collected'>): void {
  const row = draft.row(event.step, 'finalizing');
  if (row?.attempts !== event.attempt) return;
  const { outputs, isReusable, best } = event;
  const notes = withNotes(row.notes, event.notes);
  const items = row.items === undefined ? {} : { items: row.items };
  draft.set({
    ...decided(row),
    notes,
    status: 'completed',
    startedAt: row.startedAt,
    endedAt: event.at,
    outputs,
    isReusable,
    ...items,
    ...(best ? { best } : {}),
  });
}

function takeCollectionFailure(plan: EnginePlan, draft: TurnDraft, event: EventOf<'step:collection-failed'>): void {
  const row = draft.row(event.step, 'finalizing');
  if (row?.attempts !== event.attempt) return;
  const ended = { ...decided(row), startedAt: row.startedAt };
  if (draft.stop) draft.set({ ...ended, status: 'failed', endedAt: event.at, failure: event.failure });
  else failAttempt(plan, draft, { row: ended, ending: 'failed', failure: event.failure, at: event.at });
}

function takeInterruption(draft: TurnDraft, event: EventOf<'step:interrupted'>): void {
  const row = draft.row(event.step, 'running');
  if (row?.attempts !== event.attempt) return;
  const notes = withNotes(row.notes, [`Attempt ${event.attempt} was interrupted when the server was stopped.`]);
  const interruptions = (row.interruptions ?? 0) + 1;
  draft.set({ ...decided(row), notes, interruptions, status: 'preparing', attempts: row.attempts + 1, since: event.at, detail: '' });
}

type DecidedRow = Extract<StepRun, { status: 'preparing' | 'queued' | 'running' | 'finalizing' | 'retrying' }>;

function decided(row: DecidedRow): ReturnType<typeof common> & Pick<DecidedRow, 'decision' | 'reasons' | 'fingerprint'> {
  return { ...common(row), decision: row.decision, reasons: row.reasons, fingerprint: row.fingerprint };
}

/** Repeated preparation of a step says the same things again. */
const withNotes = (notes: readonly string[], more: readonly string[]): string[] => [...new Set([...notes, ...more])];

function failureOf(end: EventOf<'step:exited'>['end']): StepFailure {
  switch (end.kind) {
    case 'exited':
      return { reason: 'exit-code', message: `The command ended with exit code ${end.exitCode}.`, exitCode: end.exitCode, lastLines: [] };
    case 'signalled':
      return { reason: 'signal', message: `The process was ended by ${end.signal}.`, signal: end.signal, lastLines: [] };
    case 'timed-out':
      return { reason: 'timeout', message: `It ran longer than its limit of ${end.timeoutMs / 1000} s.`, lastLines: [] };
    case 'spawn-failed':
      return { reason: 'spawn', message: end.message, lastLines: [] };
    case 'lost':
      return { reason: 'lost', message: end.message, lastLines: [] };
    default:
      return assertNever(end);
  }
}
