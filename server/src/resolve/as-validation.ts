import type { Problem } from '@pipewright/shared/graph/problem.ts';

/** What keeps a pipeline from running here and now, but is no mistake in the file: warnings when it is only checked. */
const notTheFilesFault: ReadonlySet<Problem['code']> = new Set([
  'missing-file',
  'missing-code',
  'unknown-asset',
  'unregistered-component',
  'cannot-run-here',
  'missing-component',
  'missing-pipeline-input',
]);

export function asValidation(problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => (notTheFilesFault.has(problem.code) ? { ...problem, severity: 'warning' as const } : problem));
}
