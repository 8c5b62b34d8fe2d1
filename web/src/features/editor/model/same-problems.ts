import type { Problem } from '@pipewright/shared/graph/problem.ts';

/** The list that was known where the new one says the same: who follows it is not woken by every answer of the server. */
export function sameProblems(known: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  if (known === found || known.length !== found.length) return found;
  return JSON.stringify(known) === JSON.stringify(found) ? known : found;
}
