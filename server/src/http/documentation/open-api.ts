import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { ProblemDetails } from '@pipewright/shared/http/problem-details.ts';
import { allEndpoints } from '../all-endpoints.ts';

/** Made from the endpoints themselves, so that it can forget none. */
export function createOpenApi(): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path, summary, params, query, body, result, status, produces } of allEndpoints) {
    const plain = `/api${path.replace(/\{\/\*(\w+)\}/, '')}`;
    const success = result ? { content: { 'application/json': { schema: result } } } : { content: { [produces ?? 'application/json']: { schema: z.string() } } };
    paths[plain] = {
      ...paths[plain],
      [method]: {
        summary,
        ...(params || query ? { requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) } } : {}),
        ...(body ? { requestBody: { content: { 'application/json': { schema: body } } } } : {}),
        responses: {
          [String(status ?? 200)]: { description: 'Done', ...success },
          default: { description: 'What went wrong', content: { 'application/problem+json': { schema: ProblemDetails } } },
        },
      },
    };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Pipewright', version: '0.1.0', description: 'Everything that the page and the command line use.' },
    paths,
  });
}
