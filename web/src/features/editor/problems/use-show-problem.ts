import { pipelinesAround, useUnfolded } from '../../../canvas/unfolded-store.ts';
import { usePreferences } from '../../../ui/preferences.ts';
import { unfoldedIn } from '../canvas/use-nesting.ts';
import type { Listed } from '../model/listed-problems.ts';
import { useEditor } from '../store/editor-context.tsx';
import { useDesignerView } from '../top-bar/use-designer-view.ts';

/**
 * Goes to what is wrong: selects its step, which brings it into view, and opens its field in the inspector; in the YAML
 * the cursor goes to its line. The pipelines that a step is in are unfolded to show it.
 */
export function useShowProblem(): (row: Listed) => void {
  const { store, draftId } = useEditor();
  const { unfold } = useUnfolded(unfoldedIn(draftId));
  const [view, setView] = useDesignerView();
  const showStep = (step: string): void => {
    unfold(pipelinesAround(step));
    store.getState().select({ steps: [step] });
  };
  return (row) => {
    if (view === 'runs') setView('design');
    if (row.kind === 'failure') {
      showStep(row.failure.step);
      return;
    }
    const { step, port, path } = row.problem;
    if (step === undefined) store.getState().select({});
    else showStep(step);
    store.getState().showPlace({ path: path ?? (step === undefined ? [] : ['jobs', step]) });
    if (view === 'yaml' || port === undefined) return;
    usePreferences.getState().setPanelCollapsed('inspector', false);
    store.getState().showField({ step: step ?? null, name: port });
  };
}
