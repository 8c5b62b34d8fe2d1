import { IconPoint } from '@tabler/icons-react';
import { pipelinesAround, useUnfolded } from '../../../canvas/unfolded-store.ts';
import { useThings } from '../../../ui/commands/things.ts';
import { unfoldedIn } from '../canvas/use-nesting.ts';
import { useEditor } from '../store/editor-context.tsx';

/** The steps of the draft, to be gone to by their names from the command palette. */
export function useStepThings(): void {
  const { store, derived, draftId } = useEditor();
  const { unfold } = useUnfolded(unfoldedIn(draftId));
  useThings('editor.steps', () =>
    [...derived.getState().drawn].map(([key, view]) => ({
      id: `step:${key}`,
      title: view.title,
      group: 'Steps',
      detail: key,
      keywords: 'step node',
      icon: IconPoint,
      run: () => {
        unfold(pipelinesAround(key));
        store.getState().select({ steps: [key] });
      },
    })),
  );
}
