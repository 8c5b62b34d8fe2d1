import { SegmentedControl } from '@mantine/core';
import { OutlinePanel } from '../outline/outline-panel.tsx';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { AssetList } from './asset-list.tsx';
import { ComponentList } from './component-list.tsx';
import { type PaletteTab, paletteTabs } from './palette-tabs.ts';
import classes from './palette.module.css';

/** What pipelines are made of: components, and the data and models that have a name. */
export function Palette() {
  const { store } = useEditor();
  const tab = useEditorState((state) => state.paletteTab);
  return (
    <>
      <h2 className="pw-hidden">Components, data and models</h2>
      <div className={classes.tabs}>
        <SegmentedControl<PaletteTab>
          fullWidth
          classNames={{ control: classes.tabControl, label: classes.tabLabel }}
          size="xs"
          aria-label="What is listed"
          data={[...paletteTabs]}
          value={tab}
          onChange={store.getState().setPaletteTab}
        />
      </div>
      {tab === 'components' ? <ComponentList /> : tab === 'outline' ? <OutlinePanel /> : <AssetList key={tab} noun={tab} />}
    </>
  );
}
