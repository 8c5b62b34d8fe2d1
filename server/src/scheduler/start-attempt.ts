import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { ResolvedInput, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepEnd } from '@pipewright/shared/run/step-failure.ts';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import { describeEnding } from '../compute/describe-ending.ts';
import { layOutAttempt, type AttemptInput } from '../compute/lay-out-attempt.ts';
import type { AttemptHandle } from '../compute/step-runner.ts';
import { textOfTemplate } from '../engine/fingerprint.ts';
import type { Preparation } from '../environments/environment-builder.ts';
import type { World } from './effect-context.ts';
import type { LiveAttempt } from './perform-effect.ts';
import type { AttemptTask } from './prepare-step.ts';
import { oneSlot, type Capacity, type Slot } from './slots.ts';
import { trackingIdOf } from './track-attempts.ts';
import { waitUntil } from './wait-until.ts';

/**
 * Brings an attempt to its end: lays out its folder, waits for a slot, starts it and tells how it ended. Repeated after
 * a crash it finds the claimed folder and looks after the attempt that lives in it, if it still does.
 */
export async function startAttempt(world: World, task: AttemptTask & { readonly live: LiveAttempt }): Promise<void> {
  const { actor, step, attempt, live } = task;
  const folder = new AttemptFolder(world.runsFolder, { runId: actor.runId, step, attempt });
  const begun = folder.isClaimed ? await adopt(world, task, folder) : await begin(world, task, folder);
  if (begun.kind === 'not-begun') {
    // Interrupted in the queue: the effect stays open and is performed again at the next start.
    if (live.isInterrupted) return;
    return actor.send({ type: 'step:exited', step, attempt, end: begun.end, ...failureOf(begun) });
  }

  live.handle = begun.handle;
  if (live.stopping.signal.aborted) begun.handle.stop();
  actor.send({ type: 'step:started', step, attempt });
  const end = await endInTime(world, task, begun.handle);
  begun.slot.release();
  if (live.isInterrupted) return actor.send({ type: 'step:interrupted', step, attempt });
  const isSuccess = end.kind === 'exited' && end.exitCode === 0;
  const failure = isSuccess ? undefined : await describeEnding(folder, end);
  const { usage, strays } = begun.handle;
  actor.send({ type: 'step:exited', step, attempt, end, usage, notes: notesOn(strays), ...(failure ? { failure } : {}) });
}

function notesOn(strays: number): string[] {
  if (strays === 0) return [];
  const what = strays === 1 ? 'A process' : `${strays} processes`;
  return [`${what} that the step had started apart from itself (as a daemon) went on when it ended, and ${strays === 1 ? 'was' : 'were'} ended as well.`];
}

/** The step's own limit, which counts from the start of its process, over restarts of the server. */
async function endInTime(world: World, { actor, step }: AttemptTask, handle: AttemptHandle): Promise<StepEnd> {
  const timeoutMs = actor.resolvedStep(step)?.control?.timeoutMs ?? null;
  if (timeoutMs === null) return await handle.ended;
  const row = actor.step(step);
  const startedAt = row?.status === 'running' ? Date.parse(row.startedAt) : world.clock.now().getTime();
  const ended = new AbortController();
  let isTimeUp = false;
  const limit = waitUntil(world.clock, new Date(startedAt + timeoutMs).toISOString(), ended.signal).then(
    () => {
      isTimeUp = true;
      handle.stop();
    },
    () => undefined,
  );
  const end = await handle.ended;
  ended.abort();
  await limit;
  // A step that was done by then has kept its time.
  return isTimeUp && !(end.kind === 'exited' && end.exitCode === 0) ? { kind: 'timed-out', timeoutMs } : end;
}

type Begun =
  | { readonly kind: 'begun'; readonly handle: AttemptHandle; readonly slot: Slot }
  | { readonly kind: 'not-begun'; readonly end: Parameters<typeof describeEnding>[1]; readonly message?: string };

async function adopt(world: World, task: AttemptTask, folder: AttemptFolder): Promise<Begun> {
  return { kind: 'begun', handle: await world.runner.adopt(folder.path), slot: world.slots.take(needOf(task)) };
}

async function begin(world: World, task: AttemptTask & { readonly live: LiveAttempt }, folder: AttemptFolder): Promise<Begun> {
  const { actor, step, live } = task;
  const resolved = actor.resolvedStep(step);
  if (!resolved) throw new Error(`Internal error: expected step ${step} in run ${actor.runId}`);
  const prepared = await environmentOf(world, task, folder);
  if (!prepared.ok) {
    const { message } = prepared.failure;
    return { kind: 'not-begun', end: { kind: 'spawn-failed', message }, message };
  }
  const { environment } = prepared;
  const layout = await layOutAttempt({
    folder,
    step: resolved,
    inputs: textsOf(world, task, resolved),
    environment,
    artifacts: world.artifacts,
    tracking: { uri: world.trackingUri(), runId: trackingIdOf(actor.summary, task), experiment: actor.summary.experiment },
  });
  if (!layout.ok) return { kind: 'not-begun', end: { kind: 'spawn-failed', message: layout.failure.message }, message: layout.failure.message };
  const slot = await world.slots.acquire(live.stopping.signal, needOf(task));
  if (!slot) return { kind: 'not-begun', end: { kind: 'signalled', signal: 'SIGTERM' } };
  const handle = await world.runner.start({ ...layout.spec, variables: withCards(layout.spec.variables, slot) });
  return { kind: 'begun', handle, slot };
}

/** Prepared it was, but perhaps by a server that died since, or it was cleared away: then it is made ready once more. */
async function environmentOf(world: World, { actor, step, live }: AttemptTask & { readonly live: LiveAttempt }, folder: AttemptFolder): Promise<Preparation> {
  const definition = actor.resolvedStep(step)?.environment ?? null;
  const ready = await world.environments.ready(definition);
  if (ready) return { ok: true, environment: ready };
  folder.create();
  const listener = { line: (text: string) => folder.note(text), progress: () => undefined };
  return await world.environments.prepare(definition, listener, live.stopping.signal);
}

function textsOf(world: World, { actor }: AttemptTask, step: ResolvedStep): Record<string, AttemptInput> {
  return Object.fromEntries(Object.entries(step.inputs).map(([name, input]) => [name, textOf(world, actor.steps, input)]));
}

function textOf(world: World, steps: AttemptTask['actor']['steps'], input: ResolvedInput): AttemptInput {
  switch (input.kind) {
    case 'literal':
      return { kind: 'literal', value: input.value };
    case 'data':
      return { kind: 'path', path: input.path, fileName: input.fileName };
    case 'absent':
      return { kind: 'absent' };
    case 'template': {
      const text = textOfTemplate(input.parts, (source) => artifactOf(steps, source)?.value);
      return text === null ? { kind: 'absent' } : { kind: 'literal', value: text };
    }
    case 'output': {
      const artifact = artifactOf(steps, input);
      if (!artifact) return { kind: 'absent' };
      return artifact.value === undefined ? { kind: 'path', path: world.artifacts.pathOf(artifact.hash) } : { kind: 'literal', value: artifact.value };
    }
    default:
      return assertNever(input);
  }
}

/** A step sees the graphics cards that it was given; one that asked for none is left as it is. */
function withCards(variables: Readonly<Record<string, string>>, { gpus }: Slot): Readonly<Record<string, string>> {
  return gpus.length === 0 ? variables : { ...variables, CUDA_VISIBLE_DEVICES: gpus.join(',') };
}

function artifactOf(steps: AttemptTask['actor']['steps'], { step, output }: { readonly step: string; readonly output: string }): Artifact | undefined {
  const row = steps.get(step);
  return row?.status === 'completed' || row?.status === 'reused' ? row.outputs[output] : undefined;
}

/** What the step takes of the machine. */
function needOf({ actor, step }: AttemptTask): Capacity {
  return actor.resolvedStep(step)?.control?.resources ?? oneSlot;
}

function failureOf(begun: Extract<Begun, { kind: 'not-begun' }>): { failure?: { reason: 'spawn'; message: string; lastLines: string[] } } {
  return begun.message === undefined ? {} : { failure: { reason: 'spawn', message: begun.message, lastLines: [] } };
}
