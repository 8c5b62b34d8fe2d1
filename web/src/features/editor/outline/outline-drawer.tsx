import { Drawer } from '@mantine/core';
import { useEditor } from '../store/editor-context.tsx';
import { OutlinePanel } from './outline-panel.tsx';

/** The outline where there is no room for it beside the canvas. */
export function OutlineDrawer() {
  const { store } = useEditor();
  return (
    <Drawer opened onClose={() => store.getState().open(null)} title="Outline" size={300} padding="sm">
      <OutlinePanel />
    </Drawer>
  );
}
