import { useSearchParams } from 'react-router';

/** The step of a draft from which the sub-pipeline was opened that is edited now. */
export interface OuterStep {
  readonly draft: string;
  readonly step: string;
}

/** The address keeps the way back. */
export const editHref = (draft: string, outer: OuterStep): string =>
  `/drafts/${draft}?${new URLSearchParams({ outer: outer.draft, from: outer.step }).toString()}`;

export function useOuterStep(): OuterStep | null {
  const [search] = useSearchParams();
  const [draft, step] = [search.get('outer'), search.get('from')];
  return draft === null || step === null ? null : { draft, step };
}
