import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ContentHash } from '@pipewright/shared/ids.ts';
import { itemsOfLoop } from '@pipewright/shared/azure/control-steps.ts';
import { Scalar } from '@pipewright/shared/json.ts';
import { readItems, toItem } from '@pipewright/shared/pipeline/read-items.ts';
import type { LoopItem, LoopSource } from '@pipewright/shared/run/run-snapshot.ts';
import type { World } from './effect-context.ts';
import type { RunActor } from './run-actor.ts';

type Found = { readonly ok: true; readonly items: LoopItem[] } | { readonly ok: false; readonly message: string };

/** How many files are hashed at once. */
const atOnce = 8;

/** Finds out what a loop goes over. */
export async function expandItems(world: World, { actor, step }: { readonly actor: RunActor; readonly step: string }): Promise<void> {
  const control = actor.snapshot.steps[step]?.control;
  if (control?.repeat) return actor.send({ type: 'step:expanded', step, items: [{ inputs: {} }], upTo: control.repeat.max });
  const loop = control?.forEach;
  if (!loop) throw new Error(`Internal error: expected ${step} in run ${actor.runId} to be a loop`);
  if (loop.items.kind === 'inputs') return actor.send({ type: 'step:expanded', step, items: loop.items.items.map((inputs) => ({ inputs })) });
  const listed = await itemsOf(world, actor, loop.items);
  const found = loop.input === null && listed.ok ? byName(listed.items) : listed;
  if (found.ok) return actor.send({ type: 'step:expanded', step, items: found.items });
  const failure = { reason: 'items' as const, message: found.message, firstError: found.message, lastLines: [] };
  actor.send({ type: 'step:expansion-failed', step, failure });
}

async function itemsOf(world: World, actor: RunActor, source: Exclude<LoopSource, { kind: 'inputs' }>): Promise<Found> {
  if (source.kind === 'list') return { ok: true, items: source.items.map((value) => ({ value })) };
  if (source.kind === 'folder') return await itemsIn(world, source.path);
  const row = actor.step(source.step);
  const artifact = row?.status === 'completed' || row?.status === 'reused' ? row.outputs[source.output] : undefined;
  if (!artifact) return { ok: false, message: `There is nothing to go over: ${source.step} has no output ${source.output}.` };
  if (artifact.value === undefined) return await itemsIn(world, world.artifacts.pathOf(artifact.hash));
  const items = readItems(String(artifact.value)) ?? itemsOfLoop(artifact.value)?.map(toItem);
  if (items) return { ok: true, items: items.map((value) => ({ value })) };
  return { ok: false, message: `The output ${source.output} of ${source.step} is to be a list to go over, as ["a", "b"] or one item a line.` };
}

/** What is null is not given, as everywhere in a file. */
const Inputs = z.record(z.string(), Scalar.nullable());

/** Items that are maps of inputs: they came as JSON, as whatever is more than a value does. */
function byName(items: readonly LoopItem[]): Found {
  const maps: LoopItem[] = [];
  for (const [index, item] of items.entries()) {
    const values = 'value' in item ? mapIn(item.value) : null;
    if (values === null) return { ok: false, message: `Item ${index + 1} is to be a map of inputs and their values, as {"region": "north"}.` };
    maps.push({ values });
  }
  return { ok: true, items: maps };
}

function mapIn(value: Scalar): Record<string, Scalar> | null {
  try {
    const parsed = Inputs.safeParse(JSON.parse(String(value)));
    if (!parsed.success) return null;
    return Object.fromEntries(Object.entries(parsed.data).flatMap(([name, given]) => (given === null ? [] : [[name, given]])));
  } catch {
    return null;
  }
}

/** The files and folders of a folder, in order of their names. */
async function itemsIn(world: World, folder: string): Promise<Found> {
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory()) return { ok: false, message: `There is no folder ${folder} to go over.` };
  const names = (await readdir(folder)).toSorted();
  const items: LoopItem[] = [];
  for (let at = 0; at < names.length; at += atOnce) {
    const some = names.slice(at, at + atOnce).map(async (name) => await itemAt(world, join(folder, name)));
    items.push(...(await Promise.all(some)));
  }
  return { ok: true, items };
}

async function itemAt({ artifacts }: World, path: string): Promise<LoopItem> {
  const { hash, isFolder } = await artifacts.hash(path);
  return { path, hash: ContentHash.parse(hash), isFolder };
}
