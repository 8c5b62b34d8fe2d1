import { Menu } from '@mantine/core';
import { IconArrowCurveRight, IconCircleOff, IconPin, IconPinnedOff, IconPower } from '@tabler/icons-react';
import type { Point } from '../../../canvas/geometry.ts';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectedKeys } from '../store/selectors.ts';
import { bypassSteps, disableSteps, pinStep, standingOf } from './aside-acts.ts';

const icon = { size: 15, stroke: 1.8 } as const;

/** Disable, bypass and pin, of the selected steps. */
export function AsideItems({ step, at }: { readonly step: string; readonly at: Point }) {
  const editor = useEditor();
  const { store } = editor;
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const pinnedTo = useDerived((derived) => derived.views.get(step)?.pinnedTo ?? null);
  const keys = selectedKeys(store.getState());
  const { isDisabled, isBypassed } = standingOf({ store }, keys);
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={isDisabled ? <IconPower {...icon} /> : <IconCircleOff {...icon} />}
        rightSection={<CommandKeys of="editor.disable" />}
        disabled={isReadOnly}
        onClick={() => disableSteps(editor, keys)}
      >
        {isDisabled ? 'Enable' : 'Disable'}
      </Menu.Item>
      <Menu.Item
        leftSection={isBypassed ? <IconPower {...icon} /> : <IconArrowCurveRight {...icon} />}
        rightSection={<CommandKeys of="editor.bypass" />}
        disabled={isReadOnly}
        onClick={() => bypassSteps(editor, keys)}
      >
        {isBypassed ? 'Run it again' : 'Bypass'}
      </Menu.Item>
      {pinnedTo !== null && (
        <Menu.Item
          leftSection={<IconPinnedOff {...icon} />}
          rightSection={<CommandKeys of="editor.pin" />}
          disabled={isReadOnly}
          onClick={() => pinStep(editor, step, null)}
        >
          Unpin from run {pinnedTo}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconPin {...icon} />} disabled={isReadOnly} onClick={() => setTimeout(() => store.getState().open({ kind: 'pin', at, step }))}>
        Pin the result of a run…
      </Menu.Item>
    </>
  );
}
