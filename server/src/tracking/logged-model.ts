import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TrackedRun } from '../store/store.ts';
import { notFound } from './tracking-error.ts';
import type { TrackingParts } from './tracking-route.ts';

/** A model that a client of MLflow 3 logs: a thing of its own there, with a folder that its client writes. */
export const LoggedModel = z.object({
  id: z.string(),
  name: z.string(),
  modelType: z.string(),
  status: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  tags: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.string()),
  /** Of the run, when it was put out as a result. */
  step: z.number().nullable(),
});
export type LoggedModel = z.infer<typeof LoggedModel>;

/** The id names the run, so that a model is found without a list of all. */
const idPattern = /^m-([0-9a-f]{32})[0-9a-f]{8}$/;

export const newModelId = (run: TrackedRun): string => `m-${run.id}${randomUUID().slice(0, 8)}`;

export async function runOfModel({ tracking }: TrackingParts, id: string): Promise<TrackedRun> {
  const run = await tracking.get(idPattern.exec(id)?.[1] ?? '');
  if (!run) throw notFound(`Logged model '${id}'`);
  return run;
}

export function modelFolder({ filesFolder }: TrackingParts, run: TrackedRun, id: string): string {
  return join(filesFolder(run), 'models', id);
}

export async function readModel(parts: TrackingParts, run: TrackedRun, id: string): Promise<LoggedModel> {
  const text = await readFile(join(modelFolder(parts, run, id), 'model.json'), 'utf8').catch(() => null);
  if (text === null) throw notFound(`Logged model '${id}'`);
  return LoggedModel.parse(JSON.parse(text));
}

export async function writeModel(parts: TrackingParts, run: TrackedRun, model: LoggedModel): Promise<void> {
  const folder = modelFolder(parts, run, model.id);
  await mkdir(join(folder, 'artifacts'), { recursive: true });
  const target = join(folder, 'model.json');
  await writeFile(`${target}.new`, `${JSON.stringify(model, null, 2)}\n`);
  await rename(`${target}.new`, target);
}

export async function modelsOf(parts: TrackingParts, run: TrackedRun): Promise<LoggedModel[]> {
  const ids = await readdir(join(parts.filesFolder(run), 'models')).catch(() => []);
  const models = await Promise.all(ids.filter((id) => idPattern.test(id)).map(async (id) => await readModel(parts, run, id)));
  return models.toSorted((a, b) => a.createdAt - b.createdAt);
}
