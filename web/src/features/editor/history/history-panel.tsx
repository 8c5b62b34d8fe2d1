import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type HistoryTab, historyTabs } from '../store/history-slice.ts';
import { useEditor } from '../store/editor-context.tsx';
import { ActivityTab } from './activity-tab.tsx';
import { EditsTab } from './edits-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';
import classes from './history.module.css';

const tabs: { readonly value: HistoryTab; readonly label: string }[] = [
  { value: 'edits', label: 'Edits' },
  { value: 'versions', label: 'Versions' },
  { value: 'activity', label: 'Activity' },
];

/** What was done here, and what was kept: in the place of the inspector until it is closed. */
export function HistoryPanel({ tab }: { readonly tab: HistoryTab }) {
  const { store } = useEditor();
  const close = (): void => {
    store.getState().showHistory(null);
    document.querySelector<HTMLElement>('[data-canvas]')?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc anywhere in the panel closes it
    <div
      className={classes.panel}
      data-history
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <header className={classes.head}>
        <h2>History</h2>
        <SegmentedControl
          size="xs"
          aria-label="What of the history"
          data={tabs}
          value={tab}
          onChange={(value) => store.getState().showHistory(historyTabs.find((each) => each === value) ?? 'edits')}
        />
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close the history" onClick={close}>
            <IconX size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </header>
      {tab === 'edits' ? <EditsTab /> : tab === 'versions' ? <VersionsTab /> : <ActivityTab />}
    </div>
  );
}
