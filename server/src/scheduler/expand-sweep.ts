import { trialsOf } from '@pipewright/shared/sweep/sample-space.ts';
import type { Sweep } from '@pipewright/shared/sweep/sweep.ts';
import type { World } from './effect-context.ts';
import type { RunActor } from './run-actor.ts';
import { whyNoSuggestions } from './suggest-trial.ts';

/** So many trials at least are drawn by chance before a sweep learns from them. */
const leastByChance = 4;

/** Finds out what a sweep tries: all of it at once, or the first trials where it learns from them. */
export async function expandSweep(
  world: World,
  { actor, step, sweep }: { readonly actor: RunActor; readonly step: string; readonly sweep: Sweep },
  signal: AbortSignal,
): Promise<void> {
  const fail = (message: string): void =>
    actor.send({ type: 'step:expansion-failed', step, failure: { reason: 'items', message, firstError: message, lastLines: [] } });
  if (sweep.algorithm !== 'bayesian') {
    const items = trialsOf(sweep).map((values) => ({ values }));
    if (items.length === 0) return fail('There is nothing to try: the search space is empty.');
    return actor.send({ type: 'step:expanded', step, items });
  }
  const definition = actor.snapshot.steps[step]?.environment ?? null;
  const prepared = await world.environments.prepare(definition, { line: () => undefined, progress: () => undefined }, signal);
  if (!prepared.ok) return fail(prepared.failure.message);
  const missing = await whyNoSuggestions(prepared.environment, signal);
  if (missing !== null) return fail(`The sweep cannot begin: ${missing}. Add it there, or sample by random or grid.`);
  const first = Math.min(sweep.maxTotal, Math.max(leastByChance, sweep.maxConcurrent ?? 0));
  const items = trialsOf({ ...sweep, algorithm: 'sobol', maxTotal: first }).map((values) => ({ values }));
  actor.send({ type: 'step:expanded', step, items, upTo: sweep.maxTotal });
}
