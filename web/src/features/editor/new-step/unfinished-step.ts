import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { createKeptStore } from '../../../ui/kept-store.ts';
import { PythonStep } from './python-step.ts';

/** A step that is being written, kept in this browser until it is made: closing its window loses nothing. Null: none was begun. */
export const useUnfinishedStep = createKeptStore<PythonStep | null>({
  key: 'pipewright.unfinished-step',
  of: 'browser',
  schema: PythonStep.nullable(),
  empty: null,
});

/** `first`: what it is begun with. */
export function changeStep(first: PythonStep, next: Partial<PythonStep>): void {
  useUnfinishedStep.change(Object.keys(next).join(), (step) => ({ ...(step ?? first), ...next }));
}

/** What was sent is made; what was written since is not. */
export const forgetSentStep = (sent: PythonStep): void =>
  useUnfinishedStep.change('sent', (step) => (step && canonicalJson(step) === canonicalJson(sent) ? null : step));

export const forgetStep = (): void => useUnfinishedStep.change('step', () => null);
