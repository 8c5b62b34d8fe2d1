import type { Command } from '../../../ui/commands/command.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectSoleStep } from '../store/selectors.ts';
import { codedComponentOf } from './code-place.ts';

/** What is done with the code of steps. */
export function useCodeCommands(): Command[] {
  const { store } = useEditor();
  const isEditable = useEditorState((state) => !state.isReadOnly);
  const step = useEditorState((state) => {
    const key = selectSoleStep(state);
    return key !== null && codedComponentOf(state, key) ? key : null;
  });
  return [
    {
      id: 'editor.new-python-step',
      group: 'Canvas',
      title: 'New Python step…',
      keywords: 'own code script function component write create',
      isEnabled: isEditable,
      run: () => store.getState().open({ kind: 'new-step', from: null }),
    },
    {
      id: 'editor.code',
      group: 'Canvas',
      title: 'Open the code of the step…',
      keywords: 'files script python source edit version',
      isEnabled: step !== null,
      run: () => step !== null && store.getState().open({ kind: 'code', step, file: null }),
    },
    {
      id: 'editor.interface',
      group: 'Canvas',
      title: 'Inputs, outputs and command of the step…',
      keywords: 'ports parameters interface environment declare default edit version code',
      isEnabled: step !== null,
      run: () => step !== null && store.getState().open({ kind: 'code', step, file: null, part: 'interface' }),
    },
  ];
}
