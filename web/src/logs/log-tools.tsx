import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconAlertOctagonFilled, IconDownload } from '@tabler/icons-react';
import { messageOf } from '../api/api-error.ts';
import type { StepAddress } from '../api/step-runs.ts';
import { showToast } from '../ui/feedback/toast.tsx';
import { downloadLog } from './download-log.ts';
import { LogSearch } from './log-search.tsx';
import classes from './logs.module.css';
import type { LogView } from './use-log-view.ts';

interface LogToolsProps {
  readonly address: StepAddress;
  readonly attempts: number;
  readonly isEnded: boolean;
  readonly view: LogView;
}

/** What can be done with a log: find, choose the attempt, go to the first error, follow, take it along. */
export function LogTools({ address, attempts, isEnded, view }: LogToolsProps) {
  const handleDownload = (): void => {
    downloadLog(address, view.attempt).catch((error: unknown) => showToast({ text: `The log was not downloaded: ${messageOf(error)}` }));
  };
  return (
    <div className={classes.tools}>
      <LogSearch query={view.query} current={view.position} count={view.matches.length} onQuery={view.search} onStep={view.stepMatch} />
      {attempts > 1 && (
        <Select
          size="xs"
          w={104}
          aria-label="Attempt"
          value={String(view.attempt ?? attempts)}
          onChange={(value) => view.chooseAttempt(value === String(attempts) ? undefined : Number(value))}
          data={Array.from({ length: attempts }, (_, index) => ({ value: String(index + 1), label: `Attempt ${index + 1}` }))}
        />
      )}
      {view.errorLine >= 0 && (
        <Tooltip label="Go to the first error">
          <ActionIcon aria-label="Go to the first error" onClick={view.showError}>
            <IconAlertOctagonFilled size={15} className={classes.errorIcon} />
          </ActionIcon>
        </Tooltip>
      )}
      {!isEnded && (
        <button type="button" className={classes.live} aria-pressed={view.isFollowing} onClick={() => view.follow(!view.isFollowing)}>
          <i aria-hidden />
          Live
        </button>
      )}
      <Tooltip label="Download the log">
        <ActionIcon aria-label="Download the log" onClick={handleDownload}>
          <IconDownload size={15} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
