import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDatabaseSearch } from '@tabler/icons-react';
import type { DataInput } from '../model/data-values.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';

interface ChooseAssetButtonProps {
  readonly label: string;
  readonly input: DataInput;
}

/** Opens the list of registered data and models that an input takes. */
export function ChooseAssetButton({ label, input }: ChooseAssetButtonProps) {
  const { store } = useEditor();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  if (isReadOnly) return null;
  return (
    <Tooltip label="Registered data and models">
      <ActionIcon
        aria-label={`Choose registered data for ${label}`}
        aria-haspopup="dialog"
        onClick={(event) => {
          const { right, bottom } = event.currentTarget.getBoundingClientRect();
          store.getState().open({ kind: 'choose-asset', at: { x: right - 340, y: bottom + 4 }, input });
        }}
      >
        <IconDatabaseSearch size={15} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}
