import express, { Router, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from '../logger.ts';
import { createTrackingRouter } from '../tracking/tracking-router.ts';
import { allEndpoints } from './all-endpoints.ts';
import { heedCallerName } from './caller-name.ts';
import { createDocumentationRouter } from './documentation/documentation-router.ts';
import { errorHandler, HttpError, sendProblem } from './errors.ts';
import { isAllowedCaller } from './is-allowed-caller.ts';
import { createPageRouter } from './page-router.ts';
import { createMetricsHandler } from './server-metrics.ts';
import type { Services } from './services.ts';

export interface AppParts {
  readonly services: Services;
  readonly logger: Logger;
  /** The built page; null while only the API is wanted. */
  readonly pageFolder: string | null;
}

/** Everything that answers HTTP. */
export function createApp({ services, logger, pageFolder }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(refuseForeignCallers);
  app.use(helmet({ contentSecurityPolicy: { directives: contentSecurity }, strictTransportSecurity: false, crossOriginEmbedderPolicy: false }));
  app.get('/metrics', createMetricsHandler(services));
  app.use(
    '/mlflow',
    createTrackingRouter({
      store: services.store,
      artifacts: services.artifacts,
      clock: services.clock,
      news: services.metricNews,
      runsFolder: services.runsFolder,
      trackingFolder: services.trackingFolder,
    }),
  );
  app.use('/api', createApiRouter(services));
  app.use(createDocumentationRouter());
  app.use(['/api', '/schemas'], (request, response) => {
    sendProblem(response, {
      status: 404,
      code: 'not-found',
      title: `${request.method} ${request.originalUrl} is not part of the API`,
      detail: 'See /api/docs.',
    });
  });
  app.use(createPageRouter(pageFolder));
  app.use(errorHandler(logger));
  return app;
}

/** Drafts of thousands of steps come in one piece when they are imported. */
const bodyLimit = '32mb';

function createApiRouter(services: Services): Router {
  const router = Router();
  router.use(refuseOtherBodies);
  router.use(express.json({ limit: bodyLimit, strict: true }));
  // After the body: what is read in events of the connection loses what belongs to the request.
  router.use(heedCallerName);
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  for (const { method, path, serve } of allEndpoints) router[method](toExpressPath(path), serve(services));
  return router;
}

/** `/runs/{id}` → `/runs/:id`; an optional rest `{/*rest}` is Express's own notation already. */
const toExpressPath = (path: string): string => path.replaceAll(/\{([a-z]+)\}/gi, ':$1');

const archiveType = 'application/zip';
const archivePaths = allEndpoints
  .filter(({ consumes }) => consumes === archiveType)
  .map(({ path }) => new RegExp(`^${path.replaceAll(/\{[a-z]+\}/gi, '[^/]+')}$`));
const isForArchives = (path: string): boolean => archivePaths.some((pattern) => pattern.test(path));

/** A body that is not read would be silently ignored. */
const refuseOtherBodies: RequestHandler = (request, _response, next) => {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  // Files are sent as they are.
  const isFile = request.method === 'PUT' && request.path.startsWith('/uploads/') && request.is('application/octet-stream') !== false;
  const isArchive = request.is(archiveType) && isForArchives(request.path);
  if (hasBody && !isFile && !isArchive && !request.is('json')) {
    throw new HttpError(415, 'not-json', { title: 'The body must be JSON', detail: 'Send it with Content-Type: application/json.' });
  }
  next();
};

const refuseForeignCallers: RequestHandler = (request, response, next) => {
  if (isAllowedCaller(request.headers)) return next();
  sendProblem(response, { status: 403, code: 'foreign-caller', title: 'This server answers its own page and programs on this machine only' });
};

const contentSecurity = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // Mantine and React Flow set styles on elements.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  frameSrc: ["'self'", 'blob:', 'data:'],
  objectSrc: ["'none'"],
  upgradeInsecureRequests: null,
};
