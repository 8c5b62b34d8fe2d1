import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { mostRuns } from './run-letter.tsx';

interface ComparedRuns {
  readonly ids: readonly string[];
  readonly setIds: (ids: readonly string[]) => void;
}

/** Which runs are compared, the first being what the others are held against: `?runs=41,44,45`. */
export function useComparedRuns(): ComparedRuns {
  const [params, setParams] = useSearchParams();
  const ids = [...new Set((params.get('runs') ?? '').split(',').filter((id) => /^\d+$/.test(id)))].slice(0, mostRuns);
  const setIds = useCallback(
    (next: readonly string[]) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          after.set('runs', next.join(','));
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return { ids, setIds };
}
