import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { useQueries } from '@tanstack/react-query';
import type { DraftInside } from '@pipewright/shared/http/drafts.ts';
import { draftInsideQuery } from '../../../api/drafts.ts';
import { useEditor } from '../store/editor-context.tsx';
import type { OutlinedGraph } from './outline-lines.ts';

/** The graphs of the pipelines that lie open in the outline; only the server knows them, because it has their files. */
export function useInsideGraphs(keys: readonly string[]): ReadonlyMap<string, OutlinedGraph> {
  const { draftId } = useEditor();
  const found = useQueries({ queries: keys.map((key) => ({ ...draftInsideQuery(draftId, key), retry: false })) });
  return new Map(
    keys.flatMap((key, index): [string, OutlinedGraph][] => {
      const data = found[index]?.data;
      return data ? [[key, graphOf(data)]] : [];
    }),
  );
}

function graphOf({ document, layout, components, pipelines }: DraftInside): OutlinedGraph {
  return {
    document,
    layout,
    titleOf: (key) => document.jobs[key]?.display_name ?? interfaceOf(key, document, components)?.display_name ?? key,
    isPipeline: (key) => pipelines.includes(key),
  };
}
