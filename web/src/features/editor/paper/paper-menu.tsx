import { Menu } from '@mantine/core';
import {
  IconArrowsMinimize,
  IconBoxMultiple,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconFold,
  IconFrameOff,
  IconLayoutNavbarExpand,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import type { Overlay } from '../store/ui-slice.ts';
import { ColorSwatches } from './color-swatches.tsx';
import { fitFrames, renameGroup, toggleCollapsed, ungroupSelected } from './paper-acts.ts';

const icon = { size: 15, stroke: 1.8 } as const;

/** What can be done with a frame or a note, at the pointer. */
export function PaperMenu({ overlay }: { readonly overlay: Extract<Overlay, { kind: 'paper-menu' }> }) {
  const editor = useEditor();
  const { store } = editor;
  const actions = useEditorActions();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { of } = overlay;
  return (
    <Menu opened onClose={() => store.getState().open(null)} position="bottom-start" offset={0} width={280} withinPortal>
      <Menu.Target>
        <span style={{ position: 'fixed', left: overlay.at.x, top: overlay.at.y, width: 0, height: 0 }} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown>
        {'group' in of ? <GroupItems group={of.group} /> : <NoteItem note={of.note} />}
        <Menu.Item
          leftSection={<IconCopy {...icon} />}
          rightSection={<CommandKeys of="editor.copy" />}
          onClick={() => void navigator.clipboard.writeText(actions.copy())}
        >
          Copy
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopyPlus {...icon} />}
          rightSection={<CommandKeys of="editor.duplicate" />}
          disabled={isReadOnly}
          onClick={actions.duplicate}
        >
          Duplicate
        </Menu.Item>
        {!isReadOnly && (
          <>
            <Menu.Label>Colour</Menu.Label>
            <ColorSwatches of={of} onChosen={() => store.getState().open(null)} />
          </>
        )}
        <Menu.Divider />
        <Menu.Item
          color="var(--pw-err)"
          leftSection={<IconTrash {...icon} />}
          rightSection={<CommandKeys of="editor.delete" />}
          disabled={isReadOnly}
          onClick={actions.deleteSelected}
        >
          {'group' in of ? 'Delete the group, keep its steps' : 'Delete'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function GroupItems({ group }: { readonly group: string }) {
  const editor = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const isCollapsed = useEditorState((state) => state.collapsedGroups.has(group));
  const steps = useEditorState((state) => state.content.layout.groups[group]?.steps);
  const hasRoom = useEditorState((state) => state.content.layout.groups[group]?.room !== undefined && !state.collapsedGroups.has(group));
  return (
    <>
      <Menu.Item
        leftSection={isCollapsed ? <IconLayoutNavbarExpand {...icon} /> : <IconFold {...icon} />}
        rightSection={<CommandKeys of="editor.collapse-group" />}
        onClick={() => toggleCollapsed(editor, [group])}
      >
        {isCollapsed ? 'Expand' : 'Collapse into one box'}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCursorText {...icon} />}
        rightSection={<CommandKeys of="editor.rename" />}
        disabled={isReadOnly}
        onClick={() => setTimeout(() => renameGroup(editor, group))}
      >
        Rename
      </Menu.Item>
      {hasRoom && (
        <Menu.Item leftSection={<IconArrowsMinimize {...icon} />} disabled={isReadOnly} onClick={() => fitFrames(editor, [group])}>
          Fit to its steps
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconBoxMultiple {...icon} />} onClick={() => editor.store.getState().select({ steps: steps ?? [] })}>
        Select its steps
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFrameOff {...icon} />}
        rightSection={<CommandKeys of="editor.ungroup" />}
        disabled={isReadOnly}
        onClick={() => ungroupSelected(editor)}
      >
        Ungroup
      </Menu.Item>
    </>
  );
}

function NoteItem({ note }: { readonly note: string }) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  return (
    <Menu.Item
      leftSection={<IconPencil {...icon} />}
      rightSection={<CommandKeys of="editor.write-note" />}
      disabled={isReadOnly}
      onClick={() => setTimeout(() => store.getState().editNote(note))}
    >
      Write
    </Menu.Item>
  );
}
