import { changesOf, factOf } from '../../../canvas/fact.ts';
import type { StepFacts } from '../../../canvas/step-facts.ts';
import type { Editor } from '../store/editor-context.tsx';

const nobody: readonly string[] = [];

/** What others do at a step, and what is said of it. */
export function companyFacts({ store, presence, openComments }: Editor): Pick<StepFacts, 'namesAt' | 'comments'> {
  const comings = changesOf(presence, ['namesAt']);
  return {
    namesAt: (step) => factOf({ from: [comings], read: () => [presence.getState().namesAt.get(step)] as const, make: ([names]) => names ?? nobody }),
    comments: {
      openAt: (step) => factOf({ from: [openComments], read: () => [openComments.getState().countAt.get(step)] as const, make: ([count]) => count ?? 0 }),
      show: (step) => {
        store.getState().select({ steps: [step] });
        store.getState().showComments(true);
      },
    },
  };
}
