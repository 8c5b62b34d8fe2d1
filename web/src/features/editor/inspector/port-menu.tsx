import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLink, IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PortView } from '../../../canvas/step-view.ts';
import { useCopyPortLink } from '../links/use-link-commands.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';

interface PortMenuProps {
  readonly stepKey: string;
  readonly side: 'inputs' | 'outputs';
  readonly port: PortView;
  /** What can be done besides connecting it. */
  readonly children: ReactNode;
}

/** What can be done with a port; nothing where the draft can only be read. */
export function PortMenu({ stepKey, side, port, children }: PortMenuProps) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const copyLink = useCopyPortLink();
  if (isReadOnly) return null;
  return (
    <Menu position="bottom-end" width={230} withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={`More for ${port.label}`}>
          <IconDots size={14} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPlugConnected size={15} stroke={1.8} />}
          onClick={(event) => {
            const { left, top } = event.currentTarget.getBoundingClientRect();
            const focus = { step: stepKey, side, port: port.name };
            setTimeout(() => store.getState().open({ kind: 'connect', at: { x: left - 120, y: top }, step: stepKey, focus, target: null }));
          }}
        >
          Connect to…
        </Menu.Item>
        <Menu.Item leftSection={<IconLink size={15} stroke={1.8} />} onClick={() => copyLink({ step: stepKey, side, port: port.name }, port.label)}>
          Copy a link
        </Menu.Item>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
