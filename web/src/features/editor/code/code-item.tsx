import { Menu } from '@mantine/core';
import { IconCode, IconPlugConnected } from '@tabler/icons-react';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { codedComponentOf } from './code-place.ts';

/** The code of a step, in its menu. */
export function CodeItem({ step }: { readonly step: string }) {
  const { store } = useEditor();
  const hasCode = useEditorState((state) => codedComponentOf(state, step) !== null);
  if (!hasCode) return null;
  // The menu gives the keyboard back before the dialog takes it.
  const open = (part: 'interface' | 'files') => () => setTimeout(() => store.getState().open({ kind: 'code', step, file: null, part }));
  return (
    <>
      <Menu.Item leftSection={<IconCode size={15} stroke={1.8} />} onClick={open('files')}>
        Open the code…
      </Menu.Item>
      <Menu.Item leftSection={<IconPlugConnected size={15} stroke={1.8} />} onClick={open('interface')}>
        Inputs, outputs and command…
      </Menu.Item>
    </>
  );
}
