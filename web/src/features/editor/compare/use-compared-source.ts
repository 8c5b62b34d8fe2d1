import { useCallback } from 'react';
import { useSetQuery } from '../../../ui/page/use-query-param.ts';
import { useSearchParams } from 'react-router';
import { formatSource, parseSource, type ComparedSource } from '../model/compared-source.ts';

/** What the draft is compared with; it stands in the address, so that a reload and a link show the same. */
export function useComparedSource(): readonly [ComparedSource | null, (source: ComparedSource | null) => void] {
  const [params] = useSearchParams();
  const setQuery = useSetQuery();
  // On the canvas, whichever look at the draft was open.
  const compare = useCallback((source: ComparedSource | null) => setQuery({ compare: source ? formatSource(source) : '', view: '' }), [setQuery]);
  return [parseSource(params.get('compare') ?? ''), compare];
}
