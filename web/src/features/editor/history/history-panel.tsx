import { SegmentedControl } from '@mantine/core';
import { SidePanel } from '../side-panel.tsx';
import { type HistoryTab, historyTabs } from '../store/history-slice.ts';
import { useEditor } from '../store/editor-context.tsx';
import { ActivityTab } from './activity-tab.tsx';
import { EditsTab } from './edits-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';

const tabs: { readonly value: HistoryTab; readonly label: string }[] = [
  { value: 'edits', label: 'Edits' },
  { value: 'versions', label: 'Versions' },
  { value: 'activity', label: 'Activity' },
];

/** What was done here, and what was kept: in the place of the inspector until it is closed. */
export function HistoryPanel({ tab }: { readonly tab: HistoryTab }) {
  const { store } = useEditor();
  return (
    <SidePanel
      title="History"
      closeLabel="Close the history"
      onClose={() => store.getState().showHistory(null)}
      choice={
        <SegmentedControl
          size="xs"
          aria-label="What of the history"
          data={tabs}
          value={tab}
          onChange={(value) => store.getState().showHistory(historyTabs.find((each) => each === value) ?? 'edits')}
        />
      }
    >
      {tab === 'edits' ? <EditsTab /> : tab === 'versions' ? <VersionsTab /> : <ActivityTab />}
    </SidePanel>
  );
}
