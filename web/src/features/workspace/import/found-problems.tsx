import type { Problem } from '@pipewright/shared/graph/problem.ts';
import classes from '../workspace.module.css';

const order = { error: 0, warning: 1, note: 2 } as const;

/** Errors first, each with its place in its file. */
export function FoundProblems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  const sorted = problems.toSorted((a, b) => order[a.severity] - order[b.severity]);
  return (
    <ul className={classes.problemList} aria-label="What was found" tabIndex={0}>
      {sorted.map((problem, index) => (
        <li key={index} className={classes.problem} data-problem={problem.code} data-severity={problem.severity}>
          <span className={classes.severity}>{problem.severity}</span>
          <span>
            {problem.message} <span className={`pw-mono pw-muted ${classes.place}`}>{placeOf(problem)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

export function placeOf({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>): string {
  if (line === undefined) return file ?? '';
  return `${file === undefined ? '' : `${file}:`}${line}:${column ?? 1}`;
}
