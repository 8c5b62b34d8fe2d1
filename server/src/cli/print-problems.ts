import { relative } from 'node:path';
import type { Problem } from '@pipewright/shared/graph/problem.ts';

/** `FILE:LINE:COL: error MESSAGE`, as editors and people read it. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, message } = problem;
  const place = file === undefined ? '' : `${shorten(file)}:${line ?? 1}:${column ?? 1}: `;
  return `${place}${severity} ${message}`;
}

export function printProblems(problems: readonly Problem[]): void {
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
}

function shorten(file: string): string {
  const path = relative(process.cwd(), file);
  return path !== '' && !path.startsWith('..') ? path : file;
}
