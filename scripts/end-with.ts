import type { SuiteOutcome } from './run-suite.ts';

/** Ends with one plain line that a machine can read, and the exit status that goes with it. */
export function endWith(outcomes: readonly SuiteOutcome[]): void {
  const sum = (kind: keyof SuiteOutcome): number => outcomes.reduce((total, outcome) => total + outcome[kind], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}
