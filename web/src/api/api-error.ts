import type { ProblemDetails } from '@pipewright/shared/http/problem-details.ts';
import { ZodError } from 'zod';

/** What the server answered instead of the thing asked for; `problem` is its own words. */
export class ApiError extends Error {
  readonly problem: ProblemDetails;
  /** The parsed body where it is not problem details (a conflict's edits). */
  readonly body: unknown;

  constructor(problem: ProblemDetails, body?: unknown) {
    super(problem.detail === undefined ? problem.title : `${problem.title} ${problem.detail}`);
    this.name = 'ApiError';
    this.problem = problem;
    this.body = body;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Status 0: no answer at all. */
export const isOffline = (error: unknown): boolean => error instanceof ApiError && error.status === 0;
export const isNotFound = (error: unknown): boolean => error instanceof ApiError && error.status === 404;

/** One sentence for a person, whatever was thrown. */
export function messageOf(error: unknown): string {
  // The page and the server are of two versions.
  if (error instanceof ZodError) return 'The server answers in a way that this page cannot read. Reload the page; if that does not help, restart Pipewright.';
  if (error instanceof Error) return error.message;
  return String(error);
}

/** The first of the problems that the server found in what it was sent, else the message: one sentence at a form. */
export function firstProblemOf(error: unknown): string {
  const [first] = (error instanceof ApiError && error.problem.problems) || [];
  return first?.message ?? messageOf(error);
}
