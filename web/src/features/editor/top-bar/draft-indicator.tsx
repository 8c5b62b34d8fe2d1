import { IconCloudCheck, IconCloudExclamation, IconCloudOff, IconCloudUp, IconLock, type TablerIcon } from '@tabler/icons-react';
import type { SaveStatus } from '../saving/save-view.ts';
import { useSaveView } from '../store/editor-context.tsx';
import classes from './top-bar.module.css';

const looks = {
  saved: { text: 'Saved', icon: IconCloudCheck },
  saving: { text: 'Saving…', icon: IconCloudUp },
  offline: { text: 'Offline, kept on this device', icon: IconCloudOff },
  'needs-review': { text: 'Needs review', icon: IconCloudExclamation },
  'read-only': { text: 'Read-only', icon: IconLock },
} as const satisfies Record<SaveStatus, { readonly text: string; readonly icon: TablerIcon }>;

/** Whether the work is safe, in words. */
export function DraftIndicator() {
  const status = useSaveView((view) => view.status);
  const revision = useSaveView((view) => view.revision);
  const isKept = useSaveView((view) => view.isKept);
  const { icon: Icon, ...look } = looks[status];
  const text = status === 'offline' && !isKept ? 'Offline, not kept on this device' : look.text;
  return (
    <span className={classes.indicator} data-save={status}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {/* As wide as what it says most of the time: what stands beside it must not move under a hand while things are saved. */}
      <span className={classes.words} data-widest={`${looks.saved.text} · revision ${revision}`}>
        <span>
          <span role="status">{text}</span>
          {status === 'saved' && <span className={classes.revision}> · revision {revision}</span>}
        </span>
      </span>
    </span>
  );
}
