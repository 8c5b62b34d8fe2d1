import { useCommands } from '../../../ui/commands/use-commands.ts';
import { isOnCanvas } from '../commands/is-on-canvas.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { selectStepInView } from '../store/selectors.ts';
import { useLookAtData } from './use-look-at-data.ts';

/** To the data of the selected step by keyboard. */
export function useDataCommands(): void {
  const look = useLookAtData();
  const isEnabled = useEditorState((state) => selectStepInView(state) !== null);
  const onCanvas = { group: 'Canvas', keysWorkAt: isOnCanvas, isEnabled } as const;
  useCommands('editor.data', [
    { ...onCanvas, id: 'editor.look-at-data', title: 'Look at the data of the step', keys: 'V', keywords: 'preview output table view', run: look.ofSelected },
    { ...onCanvas, id: 'editor.choose-data', title: 'Look at the data of a port…', keys: 'Shift+V', keywords: 'preview input output', run: look.choosePort },
  ]);
}
