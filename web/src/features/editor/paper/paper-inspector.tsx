import { Button, NumberInput, Textarea } from '@mantine/core';
import { IconFold, IconFrameOff, IconLayoutNavbarExpand, IconTrash, IconX } from '@tabler/icons-react';
import { ActionIcon } from '@mantine/core';
import { countOf } from '../../../ui/format/number.ts';
import { useEditorActions } from '../commands/use-editor-actions.ts';
import classes from '../inspector/inspector.module.css';
import { NameField } from '../inspector/name-field.tsx';
import { useVisit } from '../inspector/use-visit.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { ColorSwatches } from './color-swatches.tsx';
import { FrameSizeFields } from './frame-size-fields.tsx';
import { moveToGroup } from './group-ops.ts';
import { changeNote, smallestNote } from './note-ops.ts';
import { nameGroup, toggleCollapsed, ungroupSelected, writeNote } from './paper-acts.ts';
import panel from './paper-inspector.module.css';

const icon = { size: 15, stroke: 1.8 } as const;

/** A frame: its name, its colour and the steps in it. */
export function GroupInspector({ group }: { readonly group: string }) {
  const editor = useEditor();
  const { store } = editor;
  const value = useEditorState((state) => state.content.layout.groups[group]);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const isCollapsed = useEditorState((state) => state.collapsedGroups.has(group));
  const views = useDerived((derived) => derived.views);
  if (!value) return null;
  const takeOut = (step: string): void => {
    const { content, edit } = store.getState();
    edit(moveToGroup(content, [step], null), { label: `Take ${views.get(step)?.title ?? step} out of a group` });
  };
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title} data-fixed>
          Group of {countOf(value.steps.length, 'step')}
        </h2>
      </header>
      <div className={panel.body}>
        <NameField label="Name of the group" value={value.title} isReadOnly={isReadOnly} error={null} onCommit={(title) => nameGroup(editor, group, title)} />
        {!isReadOnly && <ColorSwatches of={{ group }} />}
        {!isCollapsed && <FrameSizeFields group={group} />}
        <ul className={panel.steps} aria-label="Steps of the group">
          {value.steps.map((step) => (
            <li key={step}>
              <button type="button" className={panel.step} onClick={() => store.getState().select({ steps: [step] })}>
                {views.get(step)?.title ?? step}
              </button>
              {!isReadOnly && (
                <ActionIcon aria-label={`Take ${views.get(step)?.title ?? step} out of the group`} onClick={() => takeOut(step)}>
                  <IconX size={14} stroke={1.8} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
        <div className={panel.acts}>
          <Button
            variant="default"
            leftSection={isCollapsed ? <IconLayoutNavbarExpand {...icon} /> : <IconFold {...icon} />}
            onClick={() => toggleCollapsed(editor, [group])}
          >
            {isCollapsed ? 'Expand' : 'Collapse'}
          </Button>
          <Button variant="default" leftSection={<IconFrameOff {...icon} />} disabled={isReadOnly} onClick={() => ungroupSelected(editor)}>
            Ungroup
          </Button>
        </div>
        <p className="pw-sm pw-t2">
          Drag its head to move all of it, its sides and corners to make it larger (Ctrl Shift and an arrow). A step that is dropped into the frame belongs to
          it, one that is dragged well out of it does not.
        </p>
      </div>
    </>
  );
}

/** A note: its text, its colour and its size. */
export function NoteInspector({ note }: { readonly note: string }) {
  const editor = useEditor();
  const { store } = editor;
  const actions = useEditorActions();
  const value = useEditorState((state) => state.content.layout.notes[note]);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const visit = useVisit(`note:${note}`);
  if (!value) return null;
  const resize = (side: 'width' | 'height', length: number | string): void => {
    if (typeof length !== 'number' || length < smallestNote[side]) return;
    const { content, edit } = store.getState();
    edit(changeNote(content, note, { [side]: length }), { label: 'Resize a note', gesture: visit.gesture(), pace: 'typing' });
  };
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.title} data-fixed>
          Note
        </h2>
      </header>
      <div className={panel.body}>
        <Textarea
          label="Text"
          description="Markdown"
          autosize
          minRows={5}
          maxRows={18}
          value={value.text}
          readOnly={isReadOnly}
          onChange={(event) => writeNote(editor, { note, text: event.currentTarget.value, gesture: visit.gesture() })}
          onFocus={visit.begin}
        />
        {!isReadOnly && <ColorSwatches of={{ note }} />}
        <div className={panel.acts}>
          <NumberInput
            label="Width"
            min={smallestNote.width}
            step={8}
            value={value.width}
            readOnly={isReadOnly}
            onChange={(length) => resize('width', length)}
            onFocus={visit.begin}
          />
          <NumberInput
            label="Height"
            min={smallestNote.height}
            step={8}
            value={value.height}
            readOnly={isReadOnly}
            onChange={(length) => resize('height', length)}
            onFocus={visit.begin}
          />
        </div>
        <Button variant="default" leftSection={<IconTrash {...icon} />} disabled={isReadOnly} onClick={actions.deleteSelected}>
          Delete
        </Button>
      </div>
    </>
  );
}
