import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { announce } from '../../../ui/feedback/live-region.tsx';
import { placeFix } from '../model/place-fix.ts';
import type { Editor } from '../store/editor-context.tsx';

/** Makes what a fix says, as one entry of the history. */
export function applyFix({ store }: Pick<Editor, 'store'>, { fix }: Problem): void {
  if (!fix?.ops) return;
  const { content, edit } = store.getState();
  if (edit(placeFix(content, fix.ops), { label: fix.text }).ok) announce(`Done: ${fix.text}`);
}
