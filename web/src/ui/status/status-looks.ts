import {
  IconAlertOctagonFilled,
  IconBan,
  IconBarrierBlock,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconClockX,
  IconHelpHexagon,
  IconHourglass,
  IconLoader2,
  IconPackage,
  IconPackageExport,
  IconPlayerSkipForward,
  IconRecycle,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';
import type { RunStatus, StepStatus } from '@pipewright/shared/run/status.ts';

export type AnyStatus = StepStatus | RunStatus;

interface StatusLook {
  readonly word: string;
  readonly icon: TablerIcon;
}

/** Word and icon of every status; the colour hangs on `data-st` (base.css). */
export const statusLooks = {
  waiting: { word: 'Waiting', icon: IconCircleDashed },
  preparing: { word: 'Preparing', icon: IconPackage },
  queued: { word: 'Queued', icon: IconHourglass },
  running: { word: 'Running', icon: IconLoader2 },
  finalizing: { word: 'Finalizing', icon: IconPackageExport },
  completed: { word: 'Completed', icon: IconCircleCheckFilled },
  reused: { word: 'Reused', icon: IconRecycle },
  failed: { word: 'Failed', icon: IconAlertOctagonFilled },
  cancelling: { word: 'Cancelling', icon: IconBan },
  cancelled: { word: 'Cancelled', icon: IconBan },
  'timed-out': { word: 'Timed out', icon: IconClockX },
  skipped: { word: 'Skipped', icon: IconPlayerSkipForward },
  blocked: { word: 'Blocked', icon: IconBarrierBlock },
  retrying: { word: 'Retrying', icon: IconRefresh },
  lost: { word: 'Lost', icon: IconHelpHexagon },
} as const satisfies Record<AnyStatus, StatusLook>;

export const statusWord = (status: AnyStatus): string => statusLooks[status].word;
