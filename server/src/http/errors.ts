import type { ErrorRequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { ProblemDetails } from '@pipewright/shared/http/problem-details.ts';
import { describeIssue } from '@pipewright/shared/yaml/describe-issue.ts';
import { UnreadableTreeError } from '../artifacts/hash-file.ts';
import type { Logger } from '../logger.ts';
import { describeDiskFailure } from '../storage-failure.ts';

interface Said {
  readonly title: string;
  readonly detail?: string;
  readonly problems?: readonly Problem[];
}

/** A failure that the caller can do something about; `code` is stable. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly problems: readonly Problem[] | undefined;

  constructor(status: number, code: string, said: string | Said) {
    const more: Said = typeof said === 'string' ? { title: said } : said;
    super(more.title);
    this.status = status;
    this.code = code;
    this.detail = more.detail;
    this.problems = more.problems;
  }
}

/** `hint`: what may have been meant. */
export function notFound(what: string, hint = ''): HttpError {
  const detail = hint.trim();
  return new HttpError(404, 'not-found', { title: `${what} does not exist`, ...(detail === '' ? {} : { detail }) });
}

export const withProblems = (title: string, problems: readonly Problem[]): HttpError => new HttpError(422, 'invalid-pipeline', { title, problems });

/** The one place where failures become RFC 9457 problem details. */
export function errorHandler(logger: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const details = toDetails(error);
    if (details.status >= 500) logger.error({ err: error, method: request.method, path: request.path }, 'A request failed unexpectedly');
    return sendProblem(response, details);
  };
}

export function sendProblem(response: Response, details: z.input<typeof ProblemDetails>): void {
  response
    .status(details.status)
    .type('application/problem+json')
    .send(JSON.stringify(ProblemDetails.parse(details)));
}

function toDetails(error: unknown): z.input<typeof ProblemDetails> {
  if (error instanceof HttpError) {
    const { status, code, message, detail, problems } = error;
    return { status, code, title: message, ...(detail === undefined ? {} : { detail }), ...(problems ? { problems: [...problems] } : {}) };
  }
  if (error instanceof z.ZodError) {
    const messages = error.issues.map((issue) => describeIssue(issue, 'The request').message);
    return { status: 400, code: 'invalid-request', title: 'The request is not valid', detail: messages.join(' ') };
  }
  if (error instanceof UnreadableTreeError) return { status: 422, code: 'unreadable-files', title: error.message };
  const thrown = errorOfExpress(error);
  if (thrown) return thrown;
  const failure = describeDiskFailure(error);
  if (failure !== undefined)
    return { status: 507, code: 'storage', title: `The data folder cannot be used: ${failure}`, detail: 'Nothing of this request was kept.' };
  return { status: 500, code: 'internal', title: 'Something went wrong in the server', detail: 'It was written to the log of the server.' };
}

/** What Express's own parts throw: the JSON parser, the router, the file server. */
function errorOfExpress(error: unknown): z.input<typeof ProblemDetails> | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number' || error.status >= 500) return undefined;
  if (error.status === 404) return { status: 404, code: 'not-found', title: 'That file does not exist' };
  if (error.status === 416) return { status: 416, code: 'range-not-satisfiable', title: 'The range lies outside of the file' };
  if (error.status === 413) return { status: 413, code: 'too-large', title: 'The request is too large', detail: 'Send it in smaller parts.' };
  return { status: error.status, code: 'invalid-request', title: 'The request is not valid', detail: error.message };
}
