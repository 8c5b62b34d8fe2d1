import { z } from 'zod';
import { create } from 'zustand';

const storageKey = 'pipewright.recent-components';
const mostKept = 4;

const useRecent = create<{ readonly references: readonly string[] }>()(() => ({ references: read() }));

/** What this person added last, the newest first, as references. */
export const useRecentComponents = (): readonly string[] => useRecent((state) => state.references);

export function rememberComponent(reference: string): void {
  const references = [reference, ...useRecent.getState().references.filter((other) => other !== reference)].slice(0, mostKept);
  useRecent.setState({ references });
  try {
    localStorage.setItem(storageKey, JSON.stringify(references));
  } catch {
    // Storage is full or forbidden: the list lasts as long as the page, which the person sees at the next visit.
  }
}

function read(): readonly string[] {
  try {
    return z
      .array(z.string())
      .catch([])
      .parse(JSON.parse(localStorage.getItem(storageKey) ?? '[]'));
  } catch {
    return [];
  }
}
