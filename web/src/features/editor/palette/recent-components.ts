import { z } from 'zod';
import { createKeptStore } from '../../../ui/kept-store.ts';

const mostKept = 4;

const useRecent = createKeptStore<readonly string[]>({ key: 'pipewright.recent-components', of: 'browser', schema: z.array(z.string()), empty: [] });

/** What this person added last, the newest first, as references. */
export const useRecentComponents = (): readonly string[] => useRecent(({ value }) => value);

export const rememberComponent = (reference: string): void =>
  useRecent.change(reference, (references) => [reference, ...references.filter((other) => other !== reference)].slice(0, mostKept));
