import { useRef } from 'react';
import { nameGesture } from '../store/name-gesture.ts';

export interface Visit {
  /** Everything typed during one visit of a field is one entry of the history. */
  readonly gesture: () => string;
  readonly begin: () => void;
}

/** Names the visits of a field: from focus to blur. */
export function useVisit(field: string): Visit {
  const current = useRef<string | null>(null);
  const begin = (): string => (current.current = nameGesture(`visit:${field}`));
  return { gesture: () => current.current ?? begin(), begin };
}
