import { isDataType } from '@pipewright/shared/component/port-type.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { ResolvedOutput, ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepFailure } from '@pipewright/shared/run/step-failure.ts';
import { fillOutputPath } from '../data/fill-output-path.ts';
import { copyInto } from '../data/copy-into.ts';
import { assetOfOutput, type NewAsset } from '../store/asset-store.ts';
import type { Store } from '../store/store.ts';
import type { World } from './effect-context.ts';
import type { RunActor } from './run-actor.ts';

type DeliveryWorld = Pick<World, 'artifacts' | 'clock' | 'data'> & { readonly store: Pick<Store, 'assets'> };

interface StepInActor {
  readonly actor: Pick<RunActor, 'runId' | 'snapshot' | 'step' | 'summary'>;
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
 * Before a step counts as done, whether it ran or was reused: lays the bytes where the pipeline wants them as well, and
 * takes the exact versions that its outputs are to have, so that of two runs that want one of them the later one is told.
 * Done again after a crash it comes to the same. Answers why it cannot; the names without a version are given with the event.
 */
export async function deliverOutputs(world: DeliveryWorld, subject: StepInActor, outputs: Outputs): Promise<StepFailure | null> {
  const { actor, step } = subject;
  // The items of a loop and the trials of a sweep deliver nothing: the loop does.
  const declared = Object.entries(actor.snapshot.steps[step]?.outputs ?? {});
  const wanted = declared.flatMap(([port, { registers }]) => versionsOf(world, { ...subject, port, registers }, outputs[port]));
  // Before anything is written; whoever takes one of them in the meantime is found at the end.
  for (const asset of wanted) if (await isTaken(world, asset)) return failureOf(asset.origin?.port, await whyTaken(world, asset));
  for (const [port, output] of declared) {
    const artifact = outputs[port];
    const why = artifact && (await whyNotPlaced(world, { ...output, job: jobName(actor.runId, step) }, artifact));
    if (why) return failureOf(port, why);
  }
  // Copies take their time; a step that was cancelled meanwhile takes no version for good.
  if (wanted.length === 0 || isStepEnded(actor.step(step)?.status ?? 'waiting')) return null;
  const taken = await world.store.assets.registerAll(wanted);
  return taken && failureOf(taken.origin?.port, await whyTaken(world, taken));
}

function failureOf(port: string | null | undefined, why: string): StepFailure {
  const message = `Output ${port} ${why}`;
  return { reason: 'outputs', message, firstError: message, lastLines: [] };
}

type OutputOfStep = StepInActor & Pick<ResolvedOutput, 'registers'> & { readonly port: string };

/** What an output is to be by an exact version. */
function versionsOf({ clock }: DeliveryWorld, { actor, step, port, registers }: OutputOfStep, artifact: Artifact | undefined): NewAsset[] {
  if (!artifact || !isDataType(artifact.type)) return [];
  const own = artifact.type;
  const said = { by: actor.summary.by, createdAt: clock.now().toISOString(), origin: { run: actor.runId, step, port } };
  return (registers ?? []).flatMap(({ name, version, type = own }) =>
    version === null ? [] : [assetOfOutput({ ...said, name, version, artifact: { ...artifact, type } })],
  );
}

async function isTaken({ store }: DeliveryWorld, { kind, name, version, type, artifact }: NewAsset): Promise<boolean> {
  const holder = await store.assets.find([kind], name, { version: version ?? '' });
  return holder !== undefined && !(holder.artifact?.hash === artifact?.hash && holder.type === type);
}

async function whyTaken({ store }: DeliveryWorld, { kind, name, version }: NewAsset): Promise<string> {
  const newest = await store.assets.find([kind], name, { label: 'latest' });
  const hint = newest ? ` The latest version is ${newest.version}.` : '';
  return `cannot be registered: ${name}:${version} holds other content, and a version is never changed.${hint} Give another one, or none for the next number.`;
}

async function whyNotPlaced(
  { data, artifacts }: DeliveryWorld,
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
