import type { Step } from '../../pipeline/step.ts';
import type { Problem } from '../problem.ts';
import { stepTitle } from './step-scope.ts';

interface Subject {
  readonly key: string;
  readonly step: Step;
}

/** Something in a field that says whether or how often steps run; the text continues the field's name. */
export function wrong({ key, step }: Subject, field: string, text: string): Problem {
  const end = /[.?]$/.test(text) ? '' : '.';
  return { severity: 'error', code: 'invalid-value', message: `${stepTitle(key, step)}: ${field} ${text}${end}`, step: key, path: ['jobs', key, field] };
}

/** No mistake, and more than runs here. */
export function cannot({ key, step }: Subject, field: string, text: string): Problem {
  const message = `${stepTitle(key, step)} ${text}. It is shown and kept; the pipeline cannot run with it.`;
  return { severity: 'error', code: 'cannot-run-here', message, step: key, path: ['jobs', key, field] };
}
