import { Menu } from '@mantine/core';
import { IconArrowBarDown, IconArrowBarToDown, IconPlayerPlay } from '@tabler/icons-react';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import { useRunParts } from '../run/use-run-parts.ts';

const icon = { size: 15, stroke: 1.8 } as const;

/** Runs of a part of the pipeline, as the selected step bounds it. */
export function RunItems() {
  const { step, runTo, runFrom, runSelected } = useRunParts();
  if (step === null) return null;
  return (
    <>
      <Menu.Item leftSection={<IconArrowBarToDown {...icon} />} rightSection={<CommandKeys of="editor.run-to" />} onClick={runTo}>
        Run to here…
      </Menu.Item>
      <Menu.Item leftSection={<IconPlayerPlay {...icon} />} rightSection={<CommandKeys of="editor.run-selected" />} onClick={runSelected}>
        Run only this step…
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowBarDown {...icon} />} rightSection={<CommandKeys of="editor.run-from" />} onClick={runFrom}>
        Run from here…
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}
