import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { ProblemLine } from './problem-line.tsx';

/** What is wrong with one key of a step, by its path from the step: below the row that it is about. */
export function ProblemsAt({ problems, path }: { readonly problems: readonly Problem[]; readonly path: readonly string[] }) {
  return problemsAt(problems, path).map((problem, index) => <ProblemLine key={index} problem={problem} />);
}

const problemsAt = (problems: readonly Problem[], path: readonly string[]): Problem[] =>
  problems.filter(({ path: at = [] }) => path.every((part, index) => at[index + 2] === part));
