import { Button } from '@mantine/core';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { useEditor } from '../store/editor-context.tsx';

/** The sub-pipeline that is edited becomes the next version of its component. */
export function SaveComponentButton() {
  const { store } = useEditor();
  const open = (): void => store.getState().open({ kind: 'nesting', dialog: { kind: 'save-component' } });
  useCommands('editor.save-component', [
    { id: 'editor.save-component', group: 'Pipeline', title: 'Save as a new version of the component…', keywords: 'sub-pipeline register upgrade', run: open },
  ]);
  return (
    <Button variant="default" onClick={open}>
      Save as new version
    </Button>
  );
}
