import { useQuery } from '@tanstack/react-query';
import { draftQuery } from '../../../api/drafts.ts';
import type { Crumb } from '../../../ui/bar/top-bar.tsx';
import { insideHref } from '../inside-href.ts';
import { useEditor } from '../store/editor-context.tsx';
import { useOuterStep } from './outer-draft.ts';

/** Where the draft lies: among the pipelines, or inside the one that its sub-pipeline was opened from. */
export function useWayOut(): Crumb[] {
  const { editedComponent } = useEditor();
  const outer = useOuterStep();
  const { data } = useQuery({ ...draftQuery(outer?.draft ?? ''), enabled: outer !== null });
  if (!editedComponent) return [{ text: 'Pipelines', to: '/pipelines', isMinor: true }];
  if (!outer) return [{ text: 'Components', to: '/components', isMinor: true }];
  const title = data?.document.jobs[outer.step]?.display_name ?? outer.step;
  return [
    { text: data?.name ?? '…', to: `/drafts/${outer.draft}` },
    { text: title, to: insideHref(outer.draft, outer.step), isMinor: true },
  ];
}
