import type { PartOfRun } from '@pipewright/shared/run/run-part.ts';
import { isOnCanvas } from '../commands/is-on-canvas.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectedKeys, selectStepInView } from '../store/selectors.ts';
import { useRunDialog } from './use-run-dialog.ts';

/** The parts of the pipeline that the selection names. */
export interface RunParts {
  /** The one step that is selected, also in an unfolded pipeline. */
  readonly step: string | null;
  readonly count: number;
  readonly runTo: () => void;
  readonly runFrom: () => void;
  readonly runSelected: () => void;
}

export function useRunParts(): RunParts {
  const dialog = useRunDialog();
  const step = useEditorState(selectStepInView);
  const selected = useEditorState((state) => selectedKeys(state).join(' '));
  const keys = selected === '' ? (step === null ? [] : [step]) : selected.split(' ');
  const open = (part: PartOfRun): void => dialog.open({ part });
  return {
    step,
    count: keys.length,
    runTo: () => step !== null && open({ to: step }),
    runFrom: () => step !== null && open({ from: step }),
    runSelected: () => keys.length > 0 && open({ only: keys }),
  };
}

/** Their commands. A part is planned first, as the whole is: what stands in for the rest is worth a look. */
export function useRunPartCommands(): void {
  const { step, count, runTo, runFrom, runSelected } = useRunParts();
  const title = useDerived((derived) => (step === null ? 'the step' : (derived.drawn.get(step)?.title ?? step)));
  const group = { group: 'Run', keysWorkAt: isOnCanvas };
  const { store, derived } = useEditor();
  const staleCount = useDerived(({ stale }) => outermost(stale).size);
  useCommands('editor.run-parts', [
    { ...group, id: 'editor.run-to', title: `Run to ${title}…`, keys: 'Shift+Enter', keywords: 'here up part', isEnabled: step !== null, run: runTo },
    { ...group, id: 'editor.run-from', title: `Run from ${title}…`, keys: 'Alt+Enter', keywords: 'here down part', isEnabled: step !== null, run: runFrom },
    {
      ...group,
      id: 'editor.run-selected',
      title: count > 1 ? `Run the ${count} selected steps…` : `Run only ${title}…`,
      keys: 'Alt+Shift+Enter',
      keywords: 'selected part alone',
      isEnabled: count > 0,
      run: runSelected,
    },
    {
      id: 'editor.select-stale',
      group: 'Canvas',
      title: `Select all steps that are out of date (${staleCount})`,
      keywords: 'stale dirty changed will run',
      isEnabled: staleCount > 0,
      run: () => store.getState().select({ steps: outermost(derived.getState().stale) }),
    },
  ]);
}

/** Steps of a pipeline inside stand for it. */
const outermost = (steps: ReadonlySet<string>): ReadonlySet<string> => new Set([...steps].map((key) => key.split('/')[0] ?? key));
