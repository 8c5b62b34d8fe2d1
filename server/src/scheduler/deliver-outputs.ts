import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { kindOfType } from '@pipewright/shared/asset/asset.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { ResolvedOutput, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import { fillOutputPath } from '../data/fill-output-path.ts';
import { copyInto } from '../data/copy-into.ts';
import type { World } from './effect-context.ts';
import type { RunActor } from './run-actor.ts';

interface StepInActor {
  readonly actor: Pick<RunActor, 'runId' | 'snapshot'>;
  readonly step: string;
}

type Outputs = Readonly<Record<string, Artifact>>;

/** Whether anything is to be done with what a step puts out, besides storing it, before it counts as done. */
export function hasDeliveries(step: ResolvedStep | undefined): boolean {
  return Object.values(step?.outputs ?? {}).some(
    ({ registers, places }) => (places ?? []).length > 0 || (registers ?? []).some(({ version }) => version !== null),
  );
}

/**
 * Before a step counts as done, whether it ran or was reused: looks whether the versions that its outputs are to be
 * registered as are free, and lays the bytes where the pipeline wants them as well. Done again after a crash it comes
 * to the same. Answers why it cannot; the names themselves are given with the event.
 */
export async function deliverOutputs(world: World, { actor, step }: StepInActor, outputs: Outputs): Promise<StepFailure | null> {
  // The items of a loop and the trials of a sweep deliver nothing: the loop does.
  for (const [port, output] of Object.entries(actor.snapshot.steps[step]?.outputs ?? {})) {
    const artifact = outputs[port];
    if (artifact === undefined) continue;
    const why = (await whyTaken(world, output, artifact)) ?? (await whyNotPlaced(world, { ...output, job: jobName(actor.runId, step) }, artifact));
    if (why === null) continue;
    const message = `Output ${port} ${why}`;
    return { reason: 'outputs', message, firstError: message, lastLines: [] };
  }
  return null;
}

async function whyTaken({ store }: World, { registers }: ResolvedOutput, artifact: Artifact): Promise<string | null> {
  for (const { name, version, type = artifact.type } of registers ?? []) {
    if (version === null || !isDataType(type)) continue;
    const taken = await store.assets.find([kindOfType(type)], name, { version });
    if (!taken || (taken.artifact?.hash === artifact.hash && taken.type === type)) continue;
    const newest = await store.assets.find([kindOfType(type)], name, { label: 'latest' });
    const hint = newest ? ` The latest version is ${newest.version}.` : '';
    return `cannot be registered: ${name}:${version} holds other content, and a version is never changed.${hint} Give another one, or none for the next number.`;
  }
  return null;
}

async function whyNotPlaced(
  { data, artifacts }: World,
  { places, job }: ResolvedOutput & { readonly job: string },
  { hash }: Artifact,
): Promise<string | null> {
  for (const place of places ?? []) {
    const target = data.target(fillOutputPath(place, { name: job }), null);
    if (target.kind === 'problem') return `cannot be written: ${target.message}`;
    if (target.kind !== 'local') continue;
    try {
      await copyInto(artifacts.pathOf(hash), target.path);
    } catch (error) {
      return `cannot be written to ${target.path}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return null;
}

/** What `${{name}}` is in the path of an output: the step in this run. */
const jobName = (run: string, step: string): string => `${run}.${step.replaceAll('/', '.')}`;
