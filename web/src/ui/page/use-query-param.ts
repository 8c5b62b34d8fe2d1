import { useCallback, useEffect } from 'react';
import { useLocation, useSearchParams } from 'react-router';

/** What was set and is not drawn yet, and the address that is still drawn: what is set next stands on it, or would undo it. */
let ahead: { readonly drawn: string; readonly params: URLSearchParams } | null = null;

/** A part of the address that a control of the page keeps; empty when it is not there. */
export function useQueryParam(name: string): readonly [value: string, set: (value: string) => void] {
  const [params] = useSearchParams();
  const setQuery = useSetQuery();
  const set = useCallback((value: string) => setQuery({ [name]: value }), [name, setQuery]);
  return [params.get(name) ?? '', set];
}

/** Sets several parts at once; what is empty is taken out, what is not named stays. Nothing else writes them. */
export function useSetQuery(): (values: Readonly<Record<string, string>>) => void {
  const [params, setParams] = useSearchParams();
  const { key: drawn } = useLocation();
  useEffect(() => {
    if (ahead?.drawn !== drawn) ahead = null;
  }, [drawn]);
  return useCallback(
    (values: Readonly<Record<string, string>>) => {
      const next = new URLSearchParams(ahead?.drawn === drawn ? ahead.params : params);
      for (const [name, value] of Object.entries(values)) {
        if (value === '') next.delete(name);
        else next.set(name, value);
      }
      ahead = { drawn, params: next };
      setParams(next, { replace: true });
    },
    [drawn, params, setParams],
  );
}
