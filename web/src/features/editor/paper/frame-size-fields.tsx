import { Button, NumberInput } from '@mantine/core';
import { IconArrowsMinimize } from '@tabler/icons-react';
import { useMemo } from 'react';
import { frameBoxes, noRoom } from '../../../canvas/paper/frame-boxes.ts';
import { useVisit } from '../inspector/use-visit.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { resizedRoom, setRoom } from './frame-size.ts';
import { fitFrames } from './paper-acts.ts';
import panel from './paper-inspector.module.css';

const sides = ['width', 'height'] as const;

/** How large a frame is, and the way back to what fits its steps. */
export function FrameSizeFields({ group }: { readonly group: string }) {
  const editor = useEditor();
  const value = useEditorState((state) => state.content.layout.groups[group]);
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const nodes = useDerived((derived) => derived.flow.nodes);
  const visit = useVisit(`frame:${group}`);
  const box = useMemo(() => (value ? frameBoxes({ [group]: value }, nodes).get(group) : undefined), [group, value, nodes]);
  if (!value || !box) return null;
  const { right, bottom } = value.room ?? noRoom;
  const least = { width: Math.round(box.width - right), height: Math.round(box.height - bottom) };
  const resize = (side: (typeof sides)[number], length: number | string): void => {
    // As a number is while it is being typed.
    if (typeof length !== 'number' || length < least[side]) return;
    const by = { x: side === 'width' ? length - box.width : 0, y: side === 'height' ? length - box.height : 0 };
    const { content, edit } = editor.store.getState();
    edit(setRoom(content, group, resizedRoom(value.room, { x: 1, y: 1 }, by)), { label: 'Resize a group', gesture: visit.gesture(), pace: 'typing' });
  };
  return (
    <>
      <div className={panel.acts}>
        {sides.map((side) => (
          <NumberInput
            key={side}
            label={side === 'width' ? 'Width' : 'Height'}
            min={least[side]}
            clampBehavior="blur"
            step={8}
            value={Math.round(box[side])}
            readOnly={isReadOnly}
            onChange={(length) => resize(side, length)}
            onFocus={visit.begin}
          />
        ))}
      </div>
      {/* It stays where the frame fits: a button that went away under the keyboard would leave the next keys to the canvas. */}
      <Button
        variant="default"
        leftSection={<IconArrowsMinimize size={15} stroke={1.8} />}
        disabled={isReadOnly}
        aria-disabled={!value.room}
        data-disabled={!value.room || undefined}
        onClick={() => fitFrames(editor, [group])}
      >
        Fit to its steps
      </Button>
    </>
  );
}
