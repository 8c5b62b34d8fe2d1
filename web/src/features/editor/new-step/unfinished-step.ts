import { create } from 'zustand';
import { emptyStep, PythonStep } from './python-step.ts';

const storageKey = 'pipewright.unfinished-step';

interface UnfinishedStep {
  /** Null: none was begun. */
  readonly step: PythonStep | null;
  readonly change: (change: Partial<PythonStep>) => void;
  readonly begin: (step: PythonStep | null) => void;
}

/** A step that is being written, kept in this browser until it is made: closing its window loses nothing. */
export const useUnfinishedStep = create<UnfinishedStep>()((set) => ({
  step: read(),
  change: (change) => set(({ step }) => ({ step: { ...(step ?? emptyStep), ...change } })),
  begin: (step) => set({ step }),
}));

useUnfinishedStep.subscribe(({ step }) => {
  try {
    if (step) localStorage.setItem(storageKey, JSON.stringify(step));
    else localStorage.removeItem(storageKey);
  } catch {
    // Storage is full or forbidden: it lasts as long as the page.
  }
});

function read(): PythonStep | null {
  try {
    return PythonStep.nullable()
      .catch(null)
      .parse(JSON.parse(localStorage.getItem(storageKey) ?? 'null'));
  } catch {
    return null;
  }
}
