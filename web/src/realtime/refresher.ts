import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Marks queries stale at the pace the server can answer: one refetch in flight, at most one waiting.
 * A bare `invalidateQueries` per event cancels the refetch that it started a moment before, and under a steady stream
 * of events no refetch ever finishes.
 */
export function createRefresher(client: QueryClient): (queryKey: QueryKey) => void {
  const isWantedAgain = new Map<string, boolean>();
  return function refresh(queryKey) {
    const id = JSON.stringify(queryKey);
    if (isWantedAgain.has(id)) {
      isWantedAgain.set(id, true);
      return;
    }
    isWantedAgain.set(id, false);
    void client.invalidateQueries({ queryKey }).finally(() => {
      const isWanted = isWantedAgain.get(id) === true;
      isWantedAgain.delete(id);
      if (isWanted) refresh(queryKey);
    });
  };
}
