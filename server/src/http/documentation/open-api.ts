import { z } from 'zod';
import { createDocument } from 'zod-openapi';
import { ProblemDetails } from '@pipewright/shared/http/problem-details.ts';
import { version } from '../../version.ts';
import { allEndpoints } from '../all-endpoints.ts';
import type { AnyEndpoint } from '../endpoint.ts';

/** Made from the endpoints themselves, so that it can forget none. */
export function createOpenApi(): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of allEndpoints) {
    for (const path of spellingsOf(endpoint.path)) {
      paths[`/api${path}`] = { ...paths[`/api${path}`], [endpoint.method]: describe(endpoint, path) };
    }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Pipewright', version, description: 'Everything that the page and the command line use.' },
    paths,
  });
}

/** OpenAPI knows no optional part of a path: `/a{/*rest}` is `/a` and `/a/{rest}`. */
function spellingsOf(path: string): string[] {
  const rest = /\{\/\*(\w+)\}$/.exec(path);
  if (!rest) return [path];
  const plain = path.slice(0, rest.index);
  return [plain, `${plain}/{${rest[1]}}`];
}

function describe({ summary, params, query, headers, body, result, status, produces, consumes }: AnyEndpoint, path: string): unknown {
  const inPath = params && z.object(Object.fromEntries(Object.entries(params.shape).filter(([name]) => path.includes(`{${name}}`))));
  const content = {
    ...(result ? { 'application/json': { schema: result } } : {}),
    ...(produces === undefined ? {} : { [produces]: { schema: { type: 'string', format: 'binary' } } }),
  };
  return {
    summary,
    requestParams: { ...(inPath ? { path: inPath } : {}), ...(query ? { query } : {}), ...(headers ? { header: headers } : {}) },
    ...(body ? { requestBody: { content: { 'application/json': { schema: body } } } } : {}),
    ...(consumes === undefined ? {} : { requestBody: { content: { [consumes]: { schema: { type: 'string', format: 'binary' } } } } }),
    responses: {
      [String(status ?? 200)]: { description: 'Done', content },
      default: { description: 'What went wrong', content: { 'application/problem+json': { schema: ProblemDetails } } },
    },
  };
}
