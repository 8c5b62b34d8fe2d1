import { Menu } from '@mantine/core';
import { IconArrowBigUpLine, IconPackageExport, IconPackageImport, IconPlugConnected, IconReplace } from '@tabler/icons-react';
import { countOf } from '../../../ui/format/number.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectedKeys, selectSelectedCount } from '../store/selectors.ts';
import { newerOf } from './newer-of.ts';
import type { NestingDialog } from './nesting-dialog.ts';
import { useUnpack } from './use-unpack.ts';

interface NestingItemsProps {
  readonly step: string;
  readonly isPipeline: boolean;
  readonly isReadOnly: boolean;
}

const icon = { size: 15, stroke: 1.8 } as const;

/** What makes one step of several, and several of one. */
export function NestingItems({ step, isPipeline, isReadOnly }: NestingItemsProps) {
  const { store } = useEditor();
  const count = useEditorState(selectSelectedCount);
  const unpack = useUnpack();
  const newer = useEditorState((state) => newerOf(state, step)?.version ?? null);
  // The menu gives the keyboard back before the dialog takes it.
  const openLater = (dialog: NestingDialog): void => void setTimeout(() => store.getState().open({ kind: 'nesting', dialog }));
  const extract = (): void => {
    const steps = selectedKeys(store.getState());
    openLater({ kind: 'extract', steps: steps.includes(step) ? steps : [step] });
  };
  return (
    <>
      <Menu.Item leftSection={<IconPackageImport {...icon} />} disabled={isReadOnly} onClick={extract}>
        {count > 1 ? `Make a sub-pipeline of ${countOf(count, 'step')}…` : 'Make a sub-pipeline…'}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconReplace {...icon} />}
        disabled={isReadOnly}
        onClick={(event) => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          openLater({ kind: 'choose-component', step, at: { x: left, y: top } });
        }}
      >
        Replace component…
      </Menu.Item>
      {newer !== null && (
        <Menu.Item
          leftSection={<IconArrowBigUpLine {...icon} />}
          disabled={isReadOnly}
          onClick={() => {
            const found = newerOf(store.getState(), step);
            if (found) openLater({ kind: 'replace', step, reference: found.reference });
          }}
        >
          Upgrade to version {newer}…
        </Menu.Item>
      )}
      {isPipeline && (
        <Menu.Item leftSection={<IconPlugConnected {...icon} />} disabled={isReadOnly} onClick={() => openLater({ kind: 'interface', step })}>
          Inputs and outputs…
        </Menu.Item>
      )}
      {isPipeline && (
        <Menu.Item leftSection={<IconPackageExport {...icon} />} disabled={isReadOnly} onClick={() => void unpack(step)}>
          Unpack into its steps
        </Menu.Item>
      )}
    </>
  );
}
