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
const lookAgainAfterMs = 20_000;

/** A plan, and what was known of the attached run when it was made. */
interface PlanAnswer {
  readonly plan: Plan;
  readonly progress: string;
  readonly revision: number;
}

type PlanOptions = Omit<RunDraft, 'revision'>;

/** What a run of the draft would do, as the server has it now, with these options. */
export function usePlan(
  options: PlanOptions,
  isWanted: boolean,
): Pick<UseQueryResult<PlanAnswer>, 'isError' | 'error' | 'isFetching'> & {
  readonly plan: Plan | null;
  /** The plan is of the revision that the server has now. */
  readonly isCurrent: boolean;
} {
  const { draftId } = useEditor();
  const revision = useSaveView((view) => view.revision);
  const progress = useProgress();
  const [asked] = useDebouncedValue(JSON.stringify({ revision, options, progress }), pauseMs);
  const { data, isError, error, isFetching } = useQuery({
    queryKey: [...draftKeys.detail(draftId), 'plan', asked],
    queryFn: async ({ signal }) => ({ plan: await planDraft(draftId, options, signal), progress, revision }),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // Data and code on the disk change without a word: whoever comes back from an editor sees what that means.
    refetchOnWindowFocus: 'always',
    refetchInterval: lookAgainAfterMs,
    retry: false,
  });
  // A plan from before the run's last step is not true any more; one from before the last edit is nearly so.
  const isTrue = data?.progress === progress;
  return { plan: data && isTrue ? data.plan : null, isCurrent: data?.revision === revision, isError, error, isFetching };
}

/** How far the attached run has come: what it has completed can be reused by the next one. */
function useProgress(): string {
  const summary = useRunSummary(useEditorState((state) => state.attachedRun));
  if (!summary) return 'no run';
  const { completed = 0, reused = 0 } = summary.counts;
  return `${summary.id} ${isRunEnded(summary.status) ? summary.status : 'going'} ${completed + reused}`;
}

/**
 * Keeps the plan of the draft beside it, for the nodes and the button. Used once. While a run is going there is none:
 * its steps say what they do, and what is left to do changes with each of them.
 */
export function usePlanKeeper(): void {
  const { derived } = useEditor();
  const summary = useRunSummary(useEditorState((state) => state.attachedRun));
  const isGoing = summary !== null && !isRunEnded(summary.status);
  const isPlannable = useDerived(({ isSound, views }) => isSound && views.size > 0) && !isGoing;
  const isSaved = useSaveView((view) => view.status === 'saved');
  const { plan, isCurrent } = usePlan(nothingSaid, isPlannable);
  useEffect(() => {
    derived.getState().setPlan(isPlannable ? plan : null, isCurrent && isSaved);
  }, [derived, plan, isPlannable, isCurrent, isSaved]);
}

const nothingSaid: PlanOptions = {};
