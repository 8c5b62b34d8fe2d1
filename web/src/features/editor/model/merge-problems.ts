import type { Problem, ProblemCode } from '@pipewright/shared/graph/problem.ts';

/** What only the server can see, because it has the disk. */
const serverCodes: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'missing-file',
  'missing-code',
  'unknown-asset',
  'unknown-environment',
  'mapped-environment',
  'mapped-compute',
]);
/** Such a problem hangs on what lies on the disk, or inside a pipeline that a step is: only the server can say that it is gone. */
export const isFoundByServer = ({ code, file, step }: Problem): boolean => serverCodes.has(code) || file !== undefined || (step?.includes('/') ?? false);

const weight = { error: 0, warning: 1, note: 2 } as const;

/** What is wrong with the draft as it stands here, and what the server found on the disk and inside its steps, once each; the worst first. */
export function mergeProblems(here: readonly Problem[], server: readonly Problem[]): Problem[] {
  const disk = new Map(server.filter(isFoundByServer).map((problem) => [`${problem.code} ${problem.message}`, problem]));
  return [...here, ...disk.values()].toSorted((a, b) => weight[a.severity] - weight[b.severity]);
}
