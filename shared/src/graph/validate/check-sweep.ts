import { readSweep } from '../../sweep/sweep.ts';
import type { Step } from '../../pipeline/step.ts';
import type { Problem } from '../problem.ts';
import { stepTitle } from './step-scope.ts';

/** What is wrong with what a sweep says of itself. */
export function checkSweep(key: string, step: Step): Problem[] {
  if (step.trial === undefined) return [];
  const read = readSweep(step);
  if (read.ok) return [];
  return read.issues.map(({ path, message }) => ({
    severity: 'error',
    code: 'invalid-sweep',
    message: `${stepTitle(key, step)}: ${path.join('.')} ${message}.`,
    step: key,
    path: ['jobs', key, ...path],
  }));
}
