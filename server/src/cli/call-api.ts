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

export async function callApi<S extends z.ZodType>(url: string, schema: S, body?: unknown): Promise<z.output<S>> {
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new RefusedError(ProblemDetails.parse(answer));
  return schema.parse(answer);
}
