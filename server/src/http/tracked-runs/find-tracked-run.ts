import { z } from 'zod';
import type { TrackedRun } from '../../store/tracking-store.ts';
import { notFound } from '../errors.ts';
import type { Services } from '../services.ts';

/** MLflow's id of a run. */
export const TrackedParams = z.object({ id: z.string() });

export async function findTrackedRun({ store }: Pick<Services, 'store'>, id: string): Promise<TrackedRun> {
  const run = await store.tracking.get(id);
  if (!run) throw notFound(`The MLflow run ${id}`);
  return run;
}
