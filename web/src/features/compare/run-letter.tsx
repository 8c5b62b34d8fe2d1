import type { CurveLook } from '../../step-run/metrics/curve-look.ts';
import classes from './compare-page.module.css';

/** More cannot be told apart, nor read side by side. */
export const mostRuns = 5;

const letters = ['A', 'B', 'C', 'D', 'E'] as const;
export const letterOf = (index: number): string => letters[index] ?? '';

/** By colour and by dash, the same in every part of the page. */
export const runLooks: readonly CurveLook[] = [
  { token: 'series-1', width: 2, dash: [] },
  { token: 'series-2', width: 2, dash: [7, 3] },
  { token: 'series-3', width: 2.4, dash: [2, 3] },
  { token: 'series-4', width: 2, dash: [10, 3, 2, 3] },
  { token: 'series-5', width: 2.4, dash: [5, 5] },
];

/** Stands for a run wherever it is compared. */
export function RunLetter({ index }: { readonly index: number }) {
  return (
    <span className={classes.letter} data-run={index}>
      {letterOf(index)}
    </span>
  );
}
