import { useRef } from 'react';

let visits = 0;

export interface Visit {
  /** Everything typed during one visit of a field is one entry of the history. */
  readonly gesture: () => string;
  readonly begin: () => void;
}

/** Names the visits of a field: from focus to blur. */
export function useVisit(field: string): Visit {
  const current = useRef(0);
  return {
    gesture: () => `visit:${field}:${current.current}`,
    begin: () => {
      visits += 1;
      current.current = visits;
    },
  };
}
