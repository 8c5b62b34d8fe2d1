import { AttemptFolder } from '../compute/attempt-folder.ts';
import type { PreparedEnvironment } from '../environments/environment-builder.ts';
import type { LiveAttempt } from './perform-effect.ts';
import type { World } from './effect-context.ts';
import type { Happening, RunActor } from './run-actor.ts';

export interface AttemptTask {
  readonly actor: RunActor;
  readonly step: string;
  readonly attempt: number;
}

/** At most this often does the page hear of a build's progress. */
const progressEveryMs = 250;

const prepared = (step: string, { notes, lock }: PreparedEnvironment): Happening => ({
  type: 'step:prepared',
  step,
  notes: [...notes],
  ...(lock === null ? {} : { lock }),
});

/** Where the environment stands already, which is so for all steps but the first ones. */
export async function answerFromReady(world: World, { actor, step }: AttemptTask): Promise<Happening[]> {
  const resolved = actor.resolvedStep(step);
  if (resolved?.control?.standIn) return [];
  const ready = await world.environments.ready(resolved?.environment ?? null);
  return ready ? [prepared(step, ready)] : [];
}

/** Has the step's environment ready; what the build says goes into the attempt's log. */
export async function prepareStep(world: World, task: AttemptTask & { readonly live: LiveAttempt }): Promise<void> {
  const { actor, step, attempt } = task;
  const resolved = actor.resolvedStep(step);
  const standIn = resolved?.control?.standIn ?? null;
  if (standIn !== null) {
    const message = `The result of run ${standIn.run} that was to stand in for this step has been deleted. Run the step as well.`;
    return actor.send({ type: 'step:preparation-failed', step, failure: { reason: 'inputs', message, lastLines: [] } });
  }
  const definition = resolved?.environment ?? null;
  const ready = await world.environments.ready(definition);
  if (ready) return actor.send(prepared(step, ready));

  const folder = new AttemptFolder(world.runsFolder, { runId: actor.runId, step, attempt });
  folder.create();
  let lastAt = 0;
  const outcome = await world.environments.prepare(
    definition,
    {
      line: (text) => folder.note(text),
      progress: (detail) => {
        const at = world.clock.now().getTime();
        if (at - lastAt < progressEveryMs) return;
        lastAt = at;
        actor.send({ type: 'step:preparation-progressed', step, detail });
      },
    },
    task.live.stopping.signal,
  );
  if (task.live.isInterrupted) return;
  if (outcome.ok) actor.send(prepared(step, outcome.environment));
  else actor.send({ type: 'step:preparation-failed', step, failure: outcome.failure });
}
