import { Router } from 'express';
import { documentationPage } from './documentation-page.ts';

/** `/api/openapi.json`, `/api/docs` and `/schemas/*.json`; made when first asked for, since few ask. */
export function createDocumentationRouter(): Router {
  const router = Router();
  let openApi: unknown;
  router.get('/api/openapi.json', async (_request, response) => {
    openApi ??= (await import('./open-api.ts')).createOpenApi();
    response.json(openApi);
  });
  router.get('/api/docs', (_request, response) => {
    response
      .set('Content-Security-Policy', "default-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'")
      .type('html')
      .send(documentationPage);
  });
  router.get('/schemas/:name', async (request, response, next) => {
    const { fileSchemas } = await import('@pipewright/shared/file-schemas/file-schemas.ts');
    const { name } = request.params;
    const schema = Object.hasOwn(fileSchemas, name) ? fileSchemas[name] : undefined;
    if (schema === undefined) return next();
    response.json(schema);
  });
  return router;
}
