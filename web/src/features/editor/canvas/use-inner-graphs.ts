import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { draftInsideQuery } from '../../../api/drafts.ts';
import type { StepView } from '../../../canvas/step-view.ts';
import type { InnerGraph } from '../../../canvas/unfold.ts';
import { pipelinesAround, useUnfolded } from '../../../canvas/unfolded-store.ts';
import { innerGraphOf } from '../inner-graph-of.ts';
import { useDerived, useEditor, useSaveView } from '../store/editor-context.tsx';
import { unfoldedIn } from './use-nesting.ts';

const noViews: ReadonlyMap<string, StepView> = new Map();

/** Keeps the graphs of the pipelines that lie unfolded: only the server knows them, because it has their files. Used once. */
export function useInnerGraphs(): void {
  const { draftId, store } = useEditor();
  const { keys } = useUnfolded(unfoldedIn(draftId));
  const views = useDerived((derived) => (keys.length === 0 ? noViews : derived.views));
  const visible = useMemo(
    () => keys.filter((key) => views.get(outermostOf(key))?.isPipeline && pipelinesAround(key).every((around) => keys.includes(around))),
    [keys, views],
  );
  const found = useQueries({ queries: visible.map((key) => ({ ...draftInsideQuery(draftId, key), retry: false, refetchOnWindowFocus: true })) });
  useEffect(() => {
    const graphs = visible.flatMap((key, index): [string, InnerGraph][] => {
      const data = found[index]?.data;
      return data ? [[key, innerGraphOf(data)]] : [];
    });
    store.getState().setUnfolded(new Map(graphs));
  });
  useFetchAnew(visible);
}

/** An edit of the step may have changed what is inside it, which the server tells once it has the edit. */
function useFetchAnew(visible: readonly string[]): void {
  const { draftId, store } = useEditor();
  const client = useQueryClient();
  const revision = useSaveView((view) => view.revision);
  const seen = useRef(new Map<string, Step | undefined>());
  useEffect(() => {
    const { jobs } = store.getState().content.document;
    for (const key of visible) {
      const step = jobs[outermostOf(key)];
      if (seen.current.has(key) && seen.current.get(key) !== step) void client.invalidateQueries({ queryKey: draftInsideQuery(draftId, key).queryKey });
      seen.current.set(key, step);
    }
  }, [client, draftId, store, visible, revision]);
}

const outermostOf = (key: string): string => key.split('/')[0] ?? key;
