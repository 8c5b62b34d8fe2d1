import type { Point } from '../../../canvas/geometry.ts';
import type { Command } from '../../../ui/commands/command.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectedKeys, selectSelectedCount, selectSoleStep } from '../store/selectors.ts';
import { newerOf, selectUpgradable } from './newer-of.ts';
import type { NestingDialog } from './nesting-dialog.ts';
import { useUnpack } from './use-unpack.ts';

/** What is done with the components of the selected steps. */
export function useSubPipelineCommands(): Command[] {
  const { store } = useEditor();
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const count = useEditorState(selectSelectedCount);
  const step = useEditorState(selectSoleStep);
  const isPipeline = useDerived((derived) => step !== null && (derived.views.get(step)?.isPipeline ?? false));
  const unpack = useUnpack();
  const newer = useEditorState((state) => (step === null ? null : (newerOf(state, step)?.version ?? null)));
  const upgradable = useEditorState(selectUpgradable);
  const open = (dialog: NestingDialog): void => store.getState().open({ kind: 'nesting', dialog });
  return [
    {
      id: 'editor.replace',
      group: 'Canvas',
      title: 'Replace the component of the step…',
      keywords: 'swap change exchange',
      isEnabled: isEditable && step !== null,
      run: () => step !== null && open({ kind: 'choose-component', step, at: middleOfCanvas() }),
    },
    {
      id: 'editor.upgrade',
      group: 'Canvas',
      title: `Upgrade the component to version ${newer ?? ''}…`,
      keywords: 'newer update',
      isEnabled: isEditable && newer !== null,
      run: () => {
        const found = step === null ? null : newerOf(store.getState(), step);
        if (step !== null && found) open({ kind: 'replace', step, reference: found.reference });
      },
    },
    {
      id: 'editor.upgrade-all',
      group: 'Canvas',
      title: 'Upgrade all components…',
      keywords: 'newer update versions',
      isEnabled: isEditable && upgradable > 0,
      run: () => open({ kind: 'upgrade-all' }),
    },
    {
      id: 'editor.extract',
      group: 'Canvas',
      title: 'Make a sub-pipeline of the selected steps…',
      keywords: 'extract nested group subgraph collapse',
      isEnabled: isEditable && count > 0,
      run: () => open({ kind: 'extract', steps: selectedKeys(store.getState()) }),
    },
    {
      id: 'editor.interface',
      group: 'Canvas',
      title: 'Change the inputs and outputs of the sub-pipeline…',
      keywords: 'interface expose rename port',
      isEnabled: isEditable && isPipeline,
      run: () => step !== null && open({ kind: 'interface', step }),
    },
    {
      id: 'editor.unpack',
      group: 'Canvas',
      title: 'Unpack the pipeline into its steps',
      keywords: 'expand inline nested ungroup',
      isEnabled: isEditable && isPipeline,
      run: () => step !== null && void unpack(step),
    },
  ];
}

function middleOfCanvas(): Point {
  const box = document.querySelector('[data-canvas]')?.getBoundingClientRect();
  return box ? { x: box.left + box.width / 2 - 170, y: box.top + Math.min(160, box.height / 4) } : { x: 400, y: 200 };
}
