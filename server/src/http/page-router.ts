import compression from 'compression';
import express, { Router, type RequestHandler } from 'express';
import { join } from 'node:path';

/**
 * The built page: files under names of their content are kept for ever, everything else is asked for each time. Only the
 * page is compressed: answers of the API do not leave the machine, so that would be work for both ends.
 */
export function createPageRouter(folder: string | null): Router {
  const router = Router();
  if (folder === null) {
    router.get('/*path', sayThereIsNone);
    router.get('/', sayThereIsNone);
    return router;
  }
  const sendPage: RequestHandler = (_request, response) => {
    response.set('Cache-Control', 'no-cache').sendFile(join(folder, 'index.html'), { cacheControl: false });
  };
  router.use(compression());
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  router.use(express.static(folder, { index: false }));
  // Routes are the page's own: each begins with the same document.
  router.get('/*path', sendPage);
  router.get('/', sendPage);
  return router;
}

const sayThereIsNone: RequestHandler = (_request, response) => {
  response.status(404).type('text').send('This server was started without the page. Start it with: pipewright start. The API is described at /api/docs.\n');
};
