import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ContentHash } from '@pipewright/shared/ids.ts';
import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { ResolvedStep } from '@pipewright/shared/run/run-snapshot.ts';
import type { StoredContent } from '../artifacts/artifact-store.ts';
import { UnreadableTreeError } from '../artifacts/hash-file.ts';
import { readTableSize } from '../artifacts/read-table-size.ts';
import { AttemptFolder } from '../compute/attempt-folder.ts';
import { deliverOutputs } from './deliver-outputs.ts';
import type { World } from './effect-context.ts';
import { readScalar } from './read-scalar.ts';
import type { AttemptTask } from './prepare-step.ts';

/** Takes what a step wrote into the artifact store, and looks whether its local data is still what it was. */
export async function collectOutputs(world: World, task: AttemptTask): Promise<void> {
  const { actor, step, attempt } = task;
  const resolved = actor.resolvedStep(step);
  if (!resolved) throw new Error(`Internal error: expected step ${step} in run ${actor.runId}`);
  const folder = new AttemptFolder(world.runsFolder, { runId: actor.runId, step, attempt });
  const unfilled = await fillArtifacts(folder, resolved);
  const outputs: Record<string, Artifact> = {};
  for (const [name, { type }] of Object.entries(resolved.outputs)) {
    const outcome = name === 'artifacts' && unfilled !== null ? unfilled : await collectOutput(world, { path: folder.outputPath(name), name, type });
    if (typeof outcome === 'string') {
      const failure = { reason: 'outputs' as const, message: outcome, firstError: outcome, lastLines: [] };
      return actor.send({ type: 'step:collection-failed', step, attempt, failure });
    }
    outputs[name] = outcome;
  }
  const failure = await deliverOutputs(world, { actor, step }, outputs);
  if (failure) return actor.send({ type: 'step:collection-failed', step, attempt, failure });
  // Large, and of no use to anybody once it is through; one that failed is left as it was.
  await rm(folder.file('packages'), { recursive: true, force: true });
  const changed = await changedData(world, resolved);
  const notes = changed.map((name) => `The data of input ${name} changed while the step ran, so this result is not reused.`);
  actor.send({ type: 'step:collected', step, attempt, outputs, notes, isReusable: changed.length === 0 });
}

/**
 * In Azure a job keeps what it leaves in `outputs/` and `logs/` of its working folder, and an output that is called `artifacts`
 * is that. A command that writes to it itself means an output like any other.
 */
async function fillArtifacts(folder: AttemptFolder, { outputs, component }: ResolvedStep): Promise<string | null> {
  if (outputs['artifacts']?.type !== 'uri_folder' || /\$\{\{\s*outputs\.artifacts\s*\}\}/.test(component.command)) return null;
  for (const name of ['outputs', 'logs']) {
    try {
      await cp(join(folder.file('work'), name), join(folder.outputPath('artifacts'), name), { recursive: true, verbatimSymlinks: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code !== 'ENOENT') return `Output artifacts cannot be kept: ${error.message}`;
    }
  }
  return null;
}

/** The artifact, or why there is none. */
async function collectOutput(world: World, output: { readonly path: string; readonly name: string; readonly type: PortType }): Promise<Artifact | string> {
  const { path, name, type } = output;
  if (!existsSync(path)) {
    return `The step ended well but wrote nothing to its output ${name}. Its command should write to \${{outputs.${name}}}.`;
  }
  const scalar = isScalarType(type) ? await readScalar(path, name, type) : null;
  if (typeof scalar === 'string') return scalar;
  const content = await takeIn(world, path);
  if (typeof content === 'string') return `Output ${name} cannot be kept: ${content}`;
  const size = type === 'mltable' ? await readTableSize(path) : {};
  const { isFolder, sizeBytes, fileCount } = content;
  return { hash: ContentHash.parse(content.hash), type, isFolder, sizeBytes, fileCount, ...size, ...scalar };
}

/** Bytes that cannot be stored are the step's failure, in words. */
async function takeIn({ artifacts }: World, path: string): Promise<StoredContent | string> {
  try {
    return await artifacts.collect(path);
  } catch (error) {
    if (error instanceof UnreadableTreeError) return error.message;
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return 'the disk is full.';
    throw error;
  }
}

async function changedData(world: World, step: ResolvedStep): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, input] of Object.entries(step.inputs)) {
    if (input.kind !== 'data') continue;
    // Gone, or being written to: not what it was either way.
    const now = await world.artifacts.hash(input.path).catch(() => null);
    if (now?.hash !== input.hash) changed.push(name);
  }
  return changed;
}
