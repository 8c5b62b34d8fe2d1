import { hasErrors } from '@pipewright/shared/graph/problem.ts';
import type { RunDraft } from '@pipewright/shared/http/drafts.ts';
import type { Plan } from '@pipewright/shared/run/plan.ts';
import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { draftKeys } from '../../../api/drafts.ts';
import { planDraft } from '../../../api/runs.ts';
import { useRunSummary } from '../../../realtime/run-store.ts';
import { useDerived, useEditor, useEditorState, useSaveView } from '../store/editor-context.tsx';

/** An edit leaves 100 ms after it; with this pause the plan follows it by 300. */
const pauseMs = 200;

/** What a run of the draft would do, as the server has it now, with these options. */
export function usePlan(options: Omit<RunDraft, 'revision'>, isWanted: boolean): UseQueryResult<Plan> {
  const { draftId } = useEditor();
  const revision = useSaveView((view) => view.revision);
  const runId = useEditorState((state) => state.attachedRun);
  // What a run has completed can be reused by the next one.
  const isOver = useRunSummary(runId)?.status;
  const outcome = isOver && isRunEnded(isOver) ? `${runId} ${isOver}` : 'none';
  const [asked] = useDebouncedValue(JSON.stringify({ revision, options, outcome }), pauseMs);
  return useQuery({
    queryKey: [...draftKeys.detail(draftId), 'plan', asked],
    queryFn: ({ signal }) => planDraft(draftId, options, signal),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Keeps the plan of the draft beside it, for the nodes and the button. Used once. */
export function usePlanKeeper(): void {
  const { derived } = useEditor();
  const isPlannable = useDerived(({ problems, views }) => views.size > 0 && !hasErrors(problems));
  const { data } = usePlan({}, isPlannable);
  useEffect(() => {
    derived.getState().setPlan(isPlannable ? (data ?? null) : null);
  }, [derived, data, isPlannable]);
}

export interface PlanCounts {
  readonly run: number;
  readonly reuse: number;
}

export function countPlan(plan: Plan): PlanCounts {
  const reuse = plan.steps.filter(({ decision }) => decision === 'reuse').length;
  return { run: plan.steps.length - reuse, reuse };
}
