import { Menu } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { copyLink } from '../../../ui/text/copy-link.ts';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useDerived, useEditor } from '../store/editor-context.tsx';
import { draftHref } from './draft-links.ts';

interface LinkItemProps {
  readonly step: string;
  /** The output that was pointed at. */
  readonly port: string | undefined;
}

/** Of the menu of a step. */
export function LinkItem({ step, port }: LinkItemProps) {
  const { draftId } = useEditor();
  const title = useDerived((derived) => derived.drawn.get(step)?.title ?? step);
  const target = port === undefined ? null : { step, side: 'outputs' as const, port };
  const copy = (): void => void copyLink(draftHref(draftId, { steps: [step], port: target }), port === undefined ? title : `${port} of ${title}`);
  return (
    <Menu.Item leftSection={<IconLink size={15} stroke={1.8} />} rightSection={port === undefined && <CommandKeys of="editor.copy-link" />} onClick={copy}>
      {port === undefined ? 'Copy a link' : `Copy a link to ${port}`}
    </Menu.Item>
  );
}
