import type { Problem } from '@pipewright/shared/graph/problem.ts';

const none: readonly Problem[] = [];

/** By port: the same list for as long as the problems are the same, so that a row without any is not drawn for those of others. */
export function problemsOfPorts(problems: readonly Problem[]): (port: string) => readonly Problem[] {
  const byPort = Map.groupBy(problems, ({ port }) => port);
  return (port) => byPort.get(port) ?? none;
}
