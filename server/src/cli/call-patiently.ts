import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { ProblemDetails } from '@pipewright/shared/http/problem-details.ts';
import { RefusedError, ServerGoneError } from './call-api.ts';

/** For answers that may take as long as a disk is large: `fetch` gives up after five minutes. */
export async function callPatiently<S extends z.ZodType>(
  url: string,
  schema: S,
  init: { readonly method: string; readonly body?: unknown },
): Promise<z.output<S>> {
  const { promise, resolve, reject } = Promise.withResolvers<{ readonly status: number; readonly answer: unknown }>();
  const sent = request(url, { method: init.method, headers: init.body === undefined ? {} : { 'Content-Type': 'application/json' } });
  sent.once('error', () => reject(new ServerGoneError()));
  sent.once('response', (response) => {
    text(response).then(
      (said) => resolve({ status: response.statusCode ?? 0, answer: JSON.parse(said) }),
      () => reject(new ServerGoneError()),
    );
  });
  sent.end(init.body === undefined ? undefined : JSON.stringify(init.body));
  const { status, answer } = await promise;
  if (status >= 400) throw new RefusedError(ProblemDetails.parse(answer));
  return schema.parse(answer);
}
