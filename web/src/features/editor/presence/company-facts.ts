import { changesOf, factOf } from '../../../canvas/fact.ts';
import type { StepFacts } from '../../../canvas/step-facts.ts';
import type { Editor } from '../store/editor-context.tsx';

const nobody: readonly string[] = [];

/** What others do at a step. */
export function companyFacts({ presence }: Editor): Pick<StepFacts, 'namesAt'> {
  const comings = changesOf(presence, ['namesAt']);
  return {
    namesAt: (step) => factOf({ from: [comings], read: () => [presence.getState().namesAt.get(step)] as const, make: ([names]) => names ?? nobody }),
  };
}
