import { json, Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { artifactRoutes } from './artifact-routes.ts';
import { experimentRoutes } from './experiment-routes.ts';
import { loggedModelRoutes } from './logged-model-routes.ts';
import { runRoutes } from './run-routes.ts';
import { TrackingError } from './tracking-error.ts';
import type { TrackingParts, TrackingRoute } from './tracking-route.ts';

const routes: readonly TrackingRoute[] = [...runRoutes, ...experimentRoutes, ...artifactRoutes, ...loggedModelRoutes];

/**
 * MLflow's tracking REST API, for the steps of runs: `mlflow.log_metric` and autologging work unchanged. Each attempt has
 * a run from the start, and its client says in a token which attempt it belongs to.
 * Source of the format: the REST API page of MLflow's documentation.
 */
export function createTrackingRouter(parts: TrackingParts): Router {
  const router = Router();
  router.use(json({ limit: '16mb' }));
  for (const { method, path, handle } of routes) {
    const answer = async (request: Request, response: Response): Promise<void> => {
      const given: unknown = request.method === 'GET' ? request.query : request.body;
      const input: unknown = typeof given === 'object' ? { ...given, ...request.params } : request.params;
      const caller = await callerOf(parts, request.get('authorization'));
      response.json(await handle({ parts, input, caller }));
    };
    for (const version of ['2.0', '3.0']) router[method](`/api/${version}/mlflow/${path}`, answer);
  }
  router.use((_request: Request, response: Response) => {
    response.status(404).json({ error_code: 'ENDPOINT_NOT_FOUND', message: 'Pipewright does not offer this part of the MLflow API.' });
  });
  // Express tells an error handler by its four parameters.
  router.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    const { status, code, message } = toTrackingError(error);
    response.status(status).json({ error_code: code, message });
  });
  return router;
}

/** `MLFLOW_TRACKING_TOKEN` of a step is the id of its attempt's run: no secret, only who it is. */
async function callerOf({ tracking }: TrackingParts, authorization: string | undefined): Promise<TrackingCallerRun> {
  const token = /^Bearer ([0-9a-f]{32})$/.exec(authorization ?? '')?.[1];
  return token === undefined ? undefined : await tracking.get(token);
}

type TrackingCallerRun = Awaited<ReturnType<TrackingParts['tracking']['get']>>;

const Refused = z.object({ status: z.int().min(400).max(499), message: z.string() });

function toTrackingError(error: unknown): TrackingError {
  if (error instanceof TrackingError) return error;
  if (error instanceof z.ZodError) return new TrackingError(400, 'INVALID_PARAMETER_VALUE', z.prettifyError(error));
  // A body that is no JSON, or longer than is read.
  const refused = Refused.safeParse(error);
  if (refused.success) return new TrackingError(refused.data.status, 'BAD_REQUEST', refused.data.message);
  return new TrackingError(500, 'INTERNAL_ERROR', error instanceof Error ? error.message : String(error));
}
