import { isInPage } from '../../../ui/commands/is-in-page.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { useComparedSource } from './use-compared-source.ts';

interface CompareActs {
  readonly go: (by: 1 | -1) => void;
  readonly close: () => void;
}

/** While two states are compared. */
export function useCompareCommands({ go, close }: CompareActs): void {
  const common = { group: 'Compare', keysWorkAt: isInPage } as const;
  useCommands('editor.comparison', [
    { ...common, id: 'compare.next', title: 'Next difference', keys: 'N', run: () => go(1) },
    { ...common, id: 'compare.previous', title: 'Previous difference', keys: 'Shift+N', run: () => go(-1) },
    { ...common, id: 'compare.close', title: 'Back to the draft', keys: 'Escape', areKeysFixed: true, run: close },
  ]);
}

/** Compares the draft with the run that is shown. */
export function useCompareWithRunCommand(): void {
  const run = useEditorState((state) => state.attachedRun);
  const [, compare] = useComparedSource();
  useCommands('editor.compare-run', [
    {
      id: 'editor.compare-run',
      title: `Compare the draft with run ${run ?? ''}`,
      group: 'Run',
      keywords: 'diff difference changed',
      isEnabled: run !== null,
      run: () => compare(run === null ? null : { kind: 'run', id: run }),
    },
  ]);
}
