import { familyTitles, type Family } from '@pipewright/shared/component/family.ts';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { FamilyTile } from '../../../ui/graph/family-tile.tsx';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import { titleOf } from '../model/search-components.ts';
import { useAddFromPalette } from './use-add-from-palette.ts';
import { useComponentLibrary } from './use-component-library.ts';
import classes from './palette.module.css';

const families = Object.keys(familyTitles) as Family[]; // The keys of a record over Family.

/** The palette where there is no room for it: one button per family. */
export function PaletteStrip() {
  const { components } = useComponentLibrary();
  const actions = useEditorActions();
  const add = useAddFromPalette();
  return (
    <div className={classes.strip}>
      <Tooltip label="Search components (Tab)" position="right">
        <ActionIcon size="md" aria-label="Search components" onClick={actions.quickAdd}>
          <IconSearch size={17} stroke={1.8} />
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
    </div>
  );
}
