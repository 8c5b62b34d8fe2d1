import { familyTitles, type Family } from '@pipewright/shared/component/family.ts';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCube, IconDatabase, IconListTree, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNameWithKeys } from '../../../ui/commands/use-listed-commands.ts';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import { dataTypeOf } from '../model/registered-data.ts';
import { titleOf } from '../model/search-components.ts';
import { useShowOutline } from '../outline/use-show-outline.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useAddFromPalette } from './use-add-from-palette.ts';
import { useComponentLibrary } from './use-component-library.ts';
import { useNamedAssets } from './use-named-assets.ts';
import classes from './palette.module.css';

const families = Object.keys(familyTitles) as Family[]; // The keys of a record over Family.

const nouns = [
  { noun: 'data', title: 'Registered data', icon: IconDatabase },
  { noun: 'models', title: 'Registered models', icon: IconCube },
] as const;

/** The palette where there is no room for it: one button per family, and those of data and models. */
export function PaletteStrip() {
  const { components } = useComponentLibrary();
  const actions = useEditorActions();
  const add = useAddFromPalette();
  const showOutline = useShowOutline();
  return (
    <div className={classes.strip}>
      <Tooltip label={useNameWithKeys('Search components', 'editor.add')} position="right">
        <ActionIcon size="md" aria-label="Search components" onClick={actions.quickAdd}>
          <IconSearch size={17} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={useNameWithKeys('Outline', 'editor.outline')} position="right">
        <ActionIcon size="md" aria-label="Outline" onClick={showOutline}>
          <IconListTree size={17} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      {families.map((family) => {
        const items = components.filter(({ component }) => (component['x-pipewright']?.family ?? 'other') === family);
        return (
          items.length > 0 && (
            <Menu key={family} position="right-start" withinPortal>
              <Menu.Target>
                <Tooltip label={familyTitles[family]} position="right">
                  <button type="button" className={classes.stripButton} aria-label={familyTitles[family]}>
                    <FamilyTile family={family} />
                  </button>
                </Tooltip>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{familyTitles[family]}</Menu.Label>
                {items.map((item) => (
                  <Menu.Item key={item.reference} onClick={() => add.beside(item)}>
                    {titleOf(item)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )
        );
      })}
      {nouns.map(({ noun, title, icon: Icon }) => (
        <AssetButton key={noun} noun={noun} title={title}>
          <Icon size={17} stroke={1.8} aria-hidden />
        </AssetButton>
      ))}
    </div>
  );
}

interface AssetButtonProps {
  readonly noun: 'data' | 'models';
  readonly title: string;
  readonly children: ReactNode;
}

/** What has a name, as a list to take from. */
function AssetButton({ noun, title, children }: AssetButtonProps) {
  const { store } = useEditor();
  const { assets } = useNamedAssets(noun);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  if (assets.length === 0) return null;
  return (
    <Menu position="right-end" withinPortal>
      <Menu.Target>
        <Tooltip label={title} position="right">
          <button type="button" className={classes.stripButton} aria-label={title}>
            {children}
          </button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className={classes.stripMenu}>
        <Menu.Label>{title}</Menu.Label>
        {assets.map((asset) => (
          <Menu.Item
            key={asset.name}
            disabled={isReadOnly}
            leftSection={<PortGlyph type={dataTypeOf(asset)} />}
            onClick={(event) => {
              const { left, top } = event.currentTarget.getBoundingClientRect();
              setTimeout(() => store.getState().open({ kind: 'give-asset', at: { x: left, y: top }, asset, step: null }));
            }}
          >
            {asset.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
