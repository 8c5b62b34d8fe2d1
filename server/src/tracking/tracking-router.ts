import { json, Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { describeDiskFailure } from '../storage-failure.ts';
import type { TrackedRun } from '../store/tracking-store.ts';
import { createArtifactProxy } from './artifact-proxy.ts';
import { artifactRoutes } from './artifact-routes.ts';
import { experimentRoutes } from './experiment-routes.ts';
import { logRoutes } from './log-routes.ts';
import { loggedModelRoutes } from './logged-model-routes.ts';
import { metricRoutes } from './metric-routes.ts';
import { modelVersionRoutes } from './model-version-routes.ts';
import { registeredModelRoutes } from './registered-model-routes.ts';
import { runRoutes } from './run-routes.ts';
import { TrackingError } from './tracking-error.ts';
import type { TrackingParts, TrackingRoute } from './tracking-route.ts';

const routes: readonly TrackingRoute[] = [
  ...runRoutes,
  ...logRoutes,
  ...metricRoutes,
  ...experimentRoutes,
  ...artifactRoutes,
  ...loggedModelRoutes,
  ...registeredModelRoutes,
  ...modelVersionRoutes,
];

/**
 * MLflow's tracking REST API, for steps and for clients elsewhere on this machine. Each attempt has a run from the start,
 * and its client says in a token which attempt it belongs to.
 * Source of the format: the REST API page of MLflow's documentation, and what its clients send.
 */
export function createTrackingRouter(parts: TrackingParts): Router {
  const router = Router();
  // Clients print links to MLflow's own page, `/mlflow/#/experiments/…`: a browser keeps what is after the #.
  router.get('/', (request, response, next) => {
    if (request.accepts(['json', 'html']) === 'html') response.redirect('/tracked');
    else next();
  });
  router.get('/health', (_request, response) => {
    response.type('text').send('OK');
  });
  // Before bodies are read as JSON: an artifact may be a JSON file.
  router.use(createArtifactProxy(parts));
  router.use(json({ limit: '16mb', type: () => true }));
  for (const { method, path, handle } of routes) {
    const answer = async (request: Request, response: Response): Promise<void> => {
      const given: unknown = request.method === 'GET' ? request.query : request.body;
      const input: unknown = typeof given === 'object' ? { ...given, ...request.params } : request.params;
      const caller = await callerOf(parts, request.get('authorization'));
      response.json(await handle({ parts, input, caller }));
    };
    for (const version of ['api/2.0', 'api/3.0', 'ajax-api/2.0', 'ajax-api/3.0']) router[method](`/${version}/mlflow/${path}`, answer);
  }
  router.use((request: Request, response: Response) => {
    const message = `Pipewright does not offer this part of the MLflow API: ${request.method} ${request.path}.`;
    response.status(404).json({ error_code: 'ENDPOINT_NOT_FOUND', message });
  });
  // Express tells an error handler by its four parameters.
  router.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    if (response.headersSent) return void response.destroy();
    const { status, code, message } = toTrackingError(error);
    response.status(status).json({ error_code: code, message });
  });
  return router;
}

/** `MLFLOW_TRACKING_TOKEN` of a step is the id of its attempt's run: no secret, only who it is. */
async function callerOf({ store }: TrackingParts, authorization: string | undefined): Promise<TrackedRun | undefined> {
  const token = /^Bearer ([0-9a-f]{32})$/.exec(authorization ?? '')?.[1];
  return token === undefined ? undefined : await store.tracking.get(token);
}

const Refused = z.object({ status: z.int().min(400).max(499), message: z.string() });

function toTrackingError(error: unknown): TrackingError {
  if (error instanceof TrackingError) return error;
  if (error instanceof z.ZodError) return new TrackingError(400, 'INVALID_PARAMETER_VALUE', z.prettifyError(error));
  // A body that is no JSON, or longer than is read.
  const refused = Refused.safeParse(error);
  if (refused.success) return new TrackingError(refused.data.status, 'BAD_REQUEST', refused.data.message);
  const disk = describeDiskFailure(error);
  if (disk !== undefined) return new TrackingError(507, 'INTERNAL_ERROR', `It could not be kept: ${disk}.`);
  return new TrackingError(500, 'INTERNAL_ERROR', error instanceof Error ? error.message : String(error));
}
