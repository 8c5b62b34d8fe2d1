import { createHash } from 'node:crypto';
import type { ResolvedInput, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { assertNever } from '@pipewright/shared/assert-never.ts';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import { describeEnding } from '../compute/describe-ending.ts';
import { layOutAttempt, type AttemptInput } from '../compute/lay-out-attempt.ts';
import type { AttemptHandle } from '../compute/step-runner.ts';
import type { World } from './effect-context.ts';
import type { LiveAttempt } from './perform-effect.ts';
import type { AttemptTask } from './prepare-step.ts';
import type { Slot } from './slots.ts';

/**
 * Brings an attempt to its end: lays out its folder, waits for a slot, starts it and tells how it ended. Repeated after
 * a crash it finds the claimed folder and looks after the attempt that lives in it, if it still does.
 */
export async function startAttempt(world: World, task: AttemptTask & { readonly live: LiveAttempt }): Promise<void> {
  const { actor, step, attempt, live } = task;
  const folder = new AttemptFolder(world.runsFolder, { runId: actor.runId, step, attempt });
  const begun = (await folder.isClaimed()) ? await adopt(world, folder) : await begin(world, task, folder);
  if (begun.kind === 'not-begun') {
    // Interrupted in the queue: the effect stays open and is performed again at the next start.
    if (live.isInterrupted) return;
    return actor.send({ type: 'step:exited', step, attempt, end: begun.end, ...failureOf(begun) });
  }

  live.handle = begun.handle;
  if (live.stopping.signal.aborted) begun.handle.stop();
  actor.send({ type: 'step:started', step, attempt });
  const end = await begun.handle.ended;
  begun.slot.release();
  if (live.isInterrupted) return actor.send({ type: 'step:interrupted', step, attempt });
  const isSuccess = end.kind === 'exited' && end.exitCode === 0;
  const failure = isSuccess ? undefined : await describeEnding(folder, end);
  await world.store.tracking.update(trackingIdOf(task), { status: isSuccess ? 'FINISHED' : 'FAILED', endedAt: world.clock.now().getTime() });
  actor.send({ type: 'step:exited', step, attempt, end, ...(failure ? { failure } : {}) });
}

type Begun =
  | { readonly kind: 'begun'; readonly handle: AttemptHandle; readonly slot: Slot }
  | { readonly kind: 'not-begun'; readonly end: Parameters<typeof describeEnding>[1]; readonly message?: string };

async function adopt(world: World, folder: AttemptFolder): Promise<Begun> {
  return { kind: 'begun', handle: await world.runner.adopt(folder.path), slot: world.slots.take() };
}

async function begin(world: World, task: AttemptTask & { readonly live: LiveAttempt }, folder: AttemptFolder): Promise<Begun> {
  const { actor, step, live } = task;
  const resolved = actor.snapshot.steps[step];
  if (!resolved) throw new Error(`Internal error: expected step ${step} in run ${actor.runId}`);
  const environment = await world.environments.ready(resolved.environment);
  if (!environment) {
    const message = 'The environment was removed after it had been prepared. Run the pipeline again.';
    return { kind: 'not-begun', end: { kind: 'spawn-failed', message }, message };
  }
  const trackingId = trackingIdOf(task);
  const layout = await layOutAttempt({
    folder,
    step: resolved,
    inputs: textsOf(world, task, resolved),
    environment,
    artifacts: world.artifacts,
    tracking: { uri: world.trackingUri(), runId: trackingId, experiment: actor.summary.experiment },
  });
  if (!layout.ok) return { kind: 'not-begun', end: { kind: 'spawn-failed', message: layout.failure.message }, message: layout.failure.message };
  const slot = await world.slots.acquire(live.stopping.signal);
  if (!slot) return { kind: 'not-begun', end: { kind: 'signalled', signal: 'SIGTERM' } };
  await world.store.tracking.start({
    id: trackingId,
    runId: actor.runId,
    step,
    attempt: task.attempt,
    experiment: actor.summary.experiment,
    startedAt: world.clock.now().getTime(),
  });
  return { kind: 'begun', handle: await world.runner.start(layout.spec), slot };
}

function textsOf(world: World, { actor }: AttemptTask, step: ResolvedStep): Record<string, AttemptInput> {
  return Object.fromEntries(Object.entries(step.inputs).map(([name, input]) => [name, textOf(world, actor.steps, input)]));
}

function textOf(world: World, steps: AttemptTask['actor']['steps'], input: ResolvedInput): AttemptInput {
  switch (input.kind) {
    case 'literal':
      return { kind: 'literal', value: input.value };
    case 'data':
      return { kind: 'path', path: input.path };
    case 'absent':
      return { kind: 'absent' };
    case 'output': {
      const row = steps.get(input.step);
      const artifact = row?.status === 'completed' || row?.status === 'reused' ? row.outputs[input.output] : undefined;
      if (!artifact) return { kind: 'absent' };
      return artifact.value === undefined ? { kind: 'path', path: world.artifacts.pathOf(artifact.hash) } : { kind: 'literal', value: artifact.value };
    }
    default:
      return assertNever(input);
  }
}

function failureOf(begun: Extract<Begun, { kind: 'not-begun' }>): { failure?: { reason: 'spawn'; message: string; lastLines: string[] } } {
  return begun.message === undefined ? {} : { failure: { reason: 'spawn', message: begun.message, lastLines: [] } };
}

/** 32 hex digits, as MLflow's own ids; the same for the same attempt, so that a repeated start is one tracked run. */
function trackingIdOf({ actor, step, attempt }: AttemptTask): string {
  return createHash('sha256').update(`${actor.runId}/${step}@${attempt}/${actor.summary.queuedAt}`).digest('hex').slice(0, 32);
}
