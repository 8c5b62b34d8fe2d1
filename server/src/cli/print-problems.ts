import { relative } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';

/** `FILE:LINE:COL: error MESSAGE`, as editors and people read it. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, message } = problem;
  const place = file === undefined ? '' : `${shorten(file)}:${line ?? 1}:${column ?? 1}: `;
  return `${place}${severity} ${message}`;
}

/** A line each; what is said in the same words of many places is said once, with the count of the others. */
export function formatProblems(problems: readonly Problem[]): readonly string[] {
  const alike = Map.groupBy(problems, (problem) => (problem.severity === 'error' ? problem : [problem.severity, problem.file, problem.message].join('\n')));
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length < 3) return same.map(formatProblem);
    return [`${formatProblem(first)} The same at ${same.length - 1} more places.`];
  });
}

export function printProblems(problems: readonly Problem[]): void {
  for (const line of formatProblems(problems)) process.stderr.write(`${line}\n`);
}

function shorten(file: string): string {
  const path = relative(process.cwd(), file);
  return path !== '' && !path.startsWith('..') ? path : file;
}
