import { z } from 'zod';
import type { TrackingCall, TrackingRoute } from './tracking-route.ts';

/** Experiments are labels here: every name is one, and its name is its id. */
export const experimentRoutes: readonly TrackingRoute[] = [
  { method: 'all', path: 'experiments/get', handle: getExperiment },
  { method: 'all', path: 'experiments/get-by-name', handle: getByName },
  { method: 'post', path: 'experiments/create', handle: createExperiment },
  { method: 'all', path: 'experiments/search', handle: searchExperiments },
];

async function getExperiment({ input }: TrackingCall): Promise<unknown> {
  const { experiment_id } = z.looseObject({ experiment_id: z.string() }).parse(input);
  return { experiment: experimentOf(experiment_id) };
}

/**
 * Within a step, whatever a script calls its experiment is the one of the run: `mlflow.set_experiment('mine')` goes on
 * working, where another id would keep `start_run` from taking the run of the step.
 */
async function getByName({ input, caller }: TrackingCall): Promise<unknown> {
  const { experiment_name } = z.looseObject({ experiment_name: z.string() }).parse(input);
  return { experiment: { ...experimentOf(caller?.experiment ?? experiment_name), name: experiment_name } };
}

async function createExperiment({ input, caller }: TrackingCall): Promise<unknown> {
  const { name } = z.looseObject({ name: z.string() }).parse(input);
  return { experiment_id: caller?.experiment ?? name };
}

async function searchExperiments({ parts }: TrackingCall): Promise<unknown> {
  return { experiments: (await parts.tracking.experiments()).map(experimentOf) };
}

function experimentOf(name: string): Record<string, unknown> {
  return { experiment_id: name, name, artifact_location: '', lifecycle_stage: 'active', tags: [] };
}
