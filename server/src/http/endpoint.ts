import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { othersFirst } from '../fair-turns.ts';
import type { Services } from './services.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface Answer<R> {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: R;
}

interface EndpointInput<P, Q, B> {
  readonly services: Services;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly request: Request;
  /** For endpoints without a response schema, which write bytes themselves. */
  readonly response: Response;
}

export interface Endpoint<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** Under `/api`, in OpenAPI's notation: `/runs/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Does what the schema of the body does, for one that may be large: in pieces. */
  readonly check?: (body: unknown) => Promise<z.output<B>>;
  /** Only described: the handler reads them from the request. */
  readonly headers?: z.ZodObject;
  /** Left out: the handler writes the response, and `produces` says of which media type. */
  readonly result?: R;
  readonly status?: number;
  readonly produces?: string;
  /** The media type of a body that is not JSON, which the handler reads from the request. */
  readonly consumes?: string;
  readonly handle: (input: EndpointInput<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Answer<z.input<R>> | undefined>;
}

/** What every endpoint looks like to the router and to OpenAPI. */
export interface AnyEndpoint extends Omit<Endpoint, 'handle' | 'check'> {
  readonly serve: (services: Services) => RequestHandler;
}

const largeBody = 256 * 1024;
const noBody = z.strictObject({});

/** Parse at the edge, call one function, present through the schema. Failures go to the one error handler. */
export function endpoint<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  definition: Endpoint<P, Q, B, R>,
): AnyEndpoint {
  const { handle, check, ...rest } = definition;
  const serve =
    (services: Services): RequestHandler =>
    async (request, response) => {
      // A large body has just been taken apart, and its check takes as long again.
      if (Number(request.headers['content-length'] ?? 0) > largeBody) await othersFirst();
      // Express 5: `request.query` is a getter and `request.body` may be undefined, so our own object holds what was parsed.
      // Without a schema the parsed type is unknown, which no handler can use.
      const input = {
        services,
        params: definition.params?.parse(request.params) as z.output<P>,
        query: definition.query?.parse(request.query) as z.output<Q>,
        body: check ? await check(request.body ?? {}) : ((definition.body ?? noBody).parse(request.body ?? {}) as z.output<B>),
        request,
        response,
      };
      const answer = await handle(input);
      if (answer === undefined) return;
      if (answer.headers) response.set(answer.headers);
      response.status(answer.status ?? definition.status ?? 200).json(definition.result ? definition.result.parse(answer.body) : answer.body);
    };
  return { ...rest, serve };
}
