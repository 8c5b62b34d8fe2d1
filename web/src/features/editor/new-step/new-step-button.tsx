import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import classes from './new-step.module.css';

/** Where no component does it: a step of one's own code. */
export function NewStepButton() {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  if (isReadOnly) return null;
  return (
    <Button
      className={classes.button ?? ''}
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} stroke={1.8} />}
      onClick={() => store.getState().open({ kind: 'new-step', from: null })}
    >
      New Python step…
    </Button>
  );
}
