import type { LoopItem } from '@pipewright/shared/run/run-snapshot.ts';
import type { ResolvedInput } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { itemKey } from '@pipewright/shared/run/item-key.ts';
import { deliverOutputs } from './deliver-outputs.ts';
import type { World } from './effect-context.ts';
import type { AttemptTask } from './prepare-step.ts';
import type { RunActor } from './run-actor.ts';

type DoneRow = Extract<StepRun, { status: 'completed' | 'reused' }>;

interface Rounds {
  readonly actor: RunActor;
  readonly step: string;
  /** How many there have been. */
  readonly after: number;
}

/** Whether a repeated step has another round, and what that takes from the last one. */
export async function findNextRound(world: World, { actor, step, after }: Rounds): Promise<void> {
  const last = await lastRound(world, { actor, step, after });
  const isLast = !saysAgain(last, repeatOf(actor, step).while);
  actor.send({ type: 'step:items-added', step, items: isLast ? [] : [itemAfter(world, { actor, step, last })], areLast: isLast, after });
}

/** What a repeated step puts out: what its last round did. */
export async function collectRounds(world: World, { actor, step, attempt }: AttemptTask): Promise<void> {
  const row = actor.step(step);
  const after = row?.status === 'finalizing' ? (row.items?.ended ?? 0) : 0;
  const last = await lastRound(world, { actor, step, after });
  const { outputs } = last;
  const failure = await deliverOutputs(world, { actor, step }, outputs);
  if (failure) return actor.send({ type: 'step:collection-failed', step, attempt, failure });
  const { while: again } = repeatOf(actor, step);
  const rounds = after === 1 ? 'one round' : `${after} rounds`;
  const note =
    typeof again === 'string' && saysAgain(last, again)
      ? `It ended after ${rounds}, the most that it may have, and ${again} was still true.`
      : `It took ${rounds}.`;
  actor.send({ type: 'step:collected', step, attempt, outputs, notes: [note], isReusable: false });
}

async function lastRound({ store }: World, { actor, step, after }: Rounds): Promise<DoneRow> {
  const row = await store.runs.step(actor.runId, itemKey(step, after - 1));
  if (row?.status === 'completed' || row?.status === 'reused') return row;
  throw new Error(`Internal error: expected round ${after} of ${step} in run ${actor.runId} to be through`);
}

function repeatOf({ snapshot, runId }: RunActor, step: string) {
  const repeat = snapshot.steps[step]?.control?.repeat;
  if (!repeat) throw new Error(`Internal error: expected ${step} in run ${runId} to be repeated`);
  return repeat;
}

const saysAgain = ({ outputs }: DoneRow, again: string | boolean): boolean => (typeof again === 'boolean' ? again : outputs[again]?.value === true);

function itemAfter({ artifacts }: World, { actor, step, last }: Pick<Rounds, 'actor' | 'step'> & { readonly last: DoneRow }): LoopItem {
  const ports = actor.snapshot.steps[step]?.component.inputs ?? {};
  const fed = Object.entries(repeatOf(actor, step).feed).flatMap(([input, output]): [string, ResolvedInput][] => {
    const artifact = last.outputs[output];
    if (!artifact) return [];
    const type = ports[input]?.type ?? artifact.type;
    if (artifact.value !== undefined && isScalarType(type)) return [[input, { kind: 'literal', type, value: artifact.value }]];
    const { hash, isFolder } = artifact;
    return [[input, { kind: 'data', type, path: artifacts.pathOf(hash), hash, isFolder }]];
  });
  return { inputs: Object.fromEntries(fed) };
}
