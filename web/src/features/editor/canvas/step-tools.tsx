import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { memo } from 'react';
import { useEditor } from '../store/editor-context.tsx';

/** The three dots in the head of a node. */
export const StepTools = memo(function StepTools({ step }: { readonly step: string }) {
  const { store } = useEditor();
  return (
    <Tooltip label="What can be done with this step">
      <ActionIcon
        aria-label="Actions"
        // The step itself is the stop of the keyboard; its menu opens with the menu key as well.
        tabIndex={-1}
        onClick={(event) => {
          event.stopPropagation();
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          store.getState().select({ steps: [step] });
          store.getState().open({ kind: 'step-menu', at: { x: left, y: bottom + 4 }, step });
        }}
      >
        <IconDots size={15} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
});
