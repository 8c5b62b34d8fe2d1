import { z } from 'zod';
import { invalid } from './tracking-error.ts';

/** `max_results` and `page_token` of a list. */
export const pageOf = (most: number, usual: number) =>
  z.looseObject({ max_results: z.coerce.number().int().min(0).max(most).default(usual), page_token: z.string().optional() });

interface PageRequest {
  readonly max_results: number;
  readonly page_token?: string | undefined;
}

/** A token is how many came before. */
export function startOf({ page_token }: PageRequest): number {
  const start = Number((page_token ?? '') ? page_token : 0);
  if (!Number.isSafeInteger(start) || start < 0) throw invalid(`Invalid page token: '${page_token}' is not one that a list here gave.`);
  return start;
}

/** A page of a list, and how to ask for the next one. */
export function cut<T>(items: readonly T[], request: PageRequest): { readonly page: readonly T[]; readonly more: { readonly next_page_token?: string } } {
  const start = startOf(request);
  const end = start + request.max_results;
  return { page: items.slice(start, end), more: end < items.length && request.max_results > 0 ? { next_page_token: String(end) } : {} };
}
