import { useEffect } from 'react';

/** Once it is over, one more question: what was logged last may have come after we last asked. */
export function useLastLook(isOver: boolean, refetch: () => Promise<unknown>): void {
  useEffect(() => {
    if (isOver) void refetch();
  }, [isOver, refetch]);
}
