import { classifyInput } from '@pipewright/shared/pipeline/classify-input.ts';
import type { Step } from '@pipewright/shared/pipeline/step.ts';
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { previewQuery } from '../../../api/step-runs.ts';
import { runStoreOf } from '../../../realtime/run-store.ts';
import { useEditorState } from '../store/editor-context.tsx';

/** Names of the columns that a step's tables had when what feeds it last ran; none where nothing has run. */
export function useUpstreamColumns(step: Step, isWanted: boolean): readonly string[] {
  const runId = useEditorState((state) => state.attachedRun);
  const sources = useMemo(() => sourcesOf(step), [step]);
  const ready = useStore(
    runStoreOf(runId),
    useShallow((view) =>
      sources.filter((source) => {
        const [key = '', port = ''] = source.split(' ');
        const run = view.steps[key];
        return run !== undefined && 'outputs' in run && run.outputs[port] !== undefined;
      }),
    ),
  );
  const previews = useQueries({
    queries: ready.map((source) => {
      const [key = '', port = ''] = source.split(' ');
      return { ...previewQuery({ run: runId ?? '', step: key, port }), enabled: isWanted && runId !== null };
    }),
  });
  const names = previews.flatMap(({ data }) => (data?.kind === 'table' ? data.columns.map(({ name }) => name) : []));
  return [...new Set(names)];
}

/** Outputs that the step reads, as `step port`. */
function sourcesOf(step: Step): string[] {
  return Object.values(step.inputs).flatMap((value) => {
    const content = classifyInput(value);
    return content.kind === 'binding' && content.binding.source === 'step-output' ? [`${content.binding.step} ${content.binding.name}`] : [];
  });
}
