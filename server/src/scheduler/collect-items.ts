import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isScalarType } from '@pipewright/shared/component/port-type.ts';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import { itemKey } from '@pipewright/shared/run/item-key.ts';
import { deliverOutputs } from './deliver-outputs.ts';
import type { World } from './effect-context.ts';
import type { AttemptTask } from './prepare-step.ts';

/**
 * What a loop puts out: for data a folder with one entry per item, numbered from 1 so that they sort; for values the
 * list of them as JSON text.
 */
export async function collectItems(world: World, { actor, step, attempt }: AttemptTask): Promise<void> {
  const resolved = actor.snapshot.steps[step];
  const row = actor.step(step);
  if (!resolved || row?.status !== 'finalizing') throw new Error(`Internal error: expected loop ${step} of run ${actor.runId} to be finalizing`);
  const total = row.items?.total ?? 0;
  const ofItems: Readonly<Record<string, Artifact>>[] = [];
  for (let index = 0; index < total; index += 1) {
    const item = await world.store.runs.step(actor.runId, itemKey(step, index));
    if (item?.status === 'completed' || item?.status === 'reused') ofItems.push(item.outputs);
  }
  const folder = new AttemptFolder(world.runsFolder, { runId: actor.runId, step, attempt });
  const outputs: Record<string, Artifact> = {};
  for (const [name, { type }] of Object.entries(resolved.outputs)) {
    const artifacts = ofItems.flatMap((outputsOfItem) => outputsOfItem[name] ?? []);
    const path = folder.outputPath(name);
    await rm(path, { recursive: true, force: true });
    outputs[name] = isScalarType(type) ? await collectValues(world, path, artifacts) : await collectFolder(world, path, artifacts);
  }
  const failure = await deliverOutputs(world, { actor, step }, outputs);
  if (failure) return actor.send({ type: 'step:collection-failed', step, attempt, failure });
  actor.send({ type: 'step:collected', step, attempt, outputs, notes: [], isReusable: false });
}

async function collectValues(world: World, path: string, artifacts: readonly Artifact[]): Promise<Artifact> {
  const value = JSON.stringify(artifacts.map((artifact) => artifact.value ?? null));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, value);
  const { hash, sizeBytes } = await world.artifacts.collect(path);
  return { hash: ContentHash.parse(hash), type: 'string', isFolder: false, sizeBytes, fileCount: 1, value };
}

async function collectFolder(world: World, path: string, artifacts: readonly Artifact[]): Promise<Artifact> {
  await mkdir(path, { recursive: true });
  const width = String(artifacts.length).length;
  for (const [index, { hash, isFolder }] of artifacts.entries()) {
    const target = join(path, String(index + 1).padStart(width, '0'));
    if (isFolder) await world.artifacts.copyTo(hash, target);
    else await cp(world.artifacts.pathOf(hash), target);
  }
  const { hash, isFolder, sizeBytes, fileCount } = await world.artifacts.collect(path);
  return { hash: ContentHash.parse(hash), type: 'uri_folder', isFolder, sizeBytes, fileCount };
}
