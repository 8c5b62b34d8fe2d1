import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { draftKeys } from '../../../api/drafts.ts';
import { useRunsOfDraft } from './use-runs-of-draft.ts';

/** The pipelines inside of a draft, and which run they show, are read anew when another run begins: not at each step that it does. */
export function useInsideAnew(draft: string): void {
  const client = useQueryClient();
  const heard = useRef(new Set<string>());
  useRunsOfDraft(
    draft,
    useCallback(
      (run) => {
        if (heard.current.has(run)) return;
        heard.current.add(run);
        void client.invalidateQueries({ queryKey: [...draftKeys.detail(draft), 'inside'] });
      },
      [client, draft],
    ),
  );
}
