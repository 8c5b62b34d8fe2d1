import { useEffect, useRef } from 'react';

interface AwaitedList {
  readonly isLoading: boolean;
  readonly query: string;
  /** Takes the first that is found. */
  readonly take: () => void;
}

/**
 * Enter over a list that is not there yet takes the first that is found as soon as it comes, unless something else is searched for
 * by then, or the search was left.
 */
export function useAwaitedEnter({ isLoading, query, take }: AwaitedList): { readonly wait: () => void; readonly forget: () => void } {
  /** What was searched for when Enter was pressed. */
  const awaited = useRef<string | null>(null);
  useEffect(() => {
    const isTaken = !isLoading && awaited.current === query;
    if (!isLoading || awaited.current !== query) awaited.current = null;
    if (isTaken) take();
  }, [isLoading, query, take]);
  return {
    wait: () => {
      awaited.current = query;
    },
    forget: () => {
      awaited.current = null;
    },
  };
}
