import type { z } from 'zod';
import { ProblemDetails } from '@pipewright/shared/http/problem-details.ts';

/** What the server would not do, as it said it. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly details: ProblemDetails;

  constructor(details: ProblemDetails) {
    super(details.detail === undefined ? details.title : `${details.title}. ${details.detail}`);
    this.details = details;
  }
}

/** Nobody answers where a server was. */
export class ServerGoneError extends Error {
  override readonly name = 'ServerGoneError';
  override readonly message: string = 'The server went away. Its runs go on when it is started again: pipewright start';
}

export async function callApi<S extends z.ZodType>(url: string, schema: S, body?: unknown): Promise<z.output<S>> {
  const sent = body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  // fetch fails where no answer comes; every answer is a response.
  const response = await fetch(url, sent).catch(() => {
    throw new ServerGoneError();
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new RefusedError(ProblemDetails.parse(answer));
  return schema.parse(answer);
}
