import { isRunEnded } from '@pipewright/shared/run/status.ts';
import { Button } from '@mantine/core';
import { IconGitCompare, IconGitFork, IconPlayerPlayFilled, IconPlayerStopFilled } from '@tabler/icons-react';
import { useLocation, useNavigate } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { exportedRun, useExport } from '../../api/exports.ts';
import { useCancelRun, useCloneRun, useResumeRun } from '../../api/runs.ts';
import { useRunSummary } from '../../realtime/run-store.ts';
import { isInPage } from '../../ui/commands/is-in-page.ts';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { type ExportForm, ExportMenu } from '../../ui/export-menu/export-menu.tsx';
import { copyLink } from '../../ui/text/copy-link.ts';
import { showToast } from '../../ui/feedback/toast.tsx';
import { compareHref } from '../../step-run/compare-href.ts';
import { RemoveRun } from './remove-run.tsx';

/** *Clone* makes a draft of what was run; *Stop* ends it; *Resume* goes on with one that did not complete. */
export function RunActions({ runId }: { readonly runId: string }) {
  const status = useRunSummary(runId)?.status;
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const clone = useCloneRun();
  const cancel = useCancelRun();
  const resume = useResumeRun();
  const isOn = status !== undefined && !isRunEnded(status);
  const isUnfinished = status === 'failed' || status === 'cancelled' || status === 'timed-out';
  const isStopping = status === 'cancelling' || cancel.isPending;
  const handleClone = (): void =>
    clone.mutate(runId, {
      onSuccess: (draft) => void navigate(`/drafts/${draft.id}?show=${runId}`),
      onError: (error) => showToast({ text: `Not cloned: ${messageOf(error)}` }),
    });
  const handleCompare = (): void => void navigate(compareHref([runId]));
  const handleStop = (): void => cancel.mutate(runId, { onError: (error) => showToast({ text: `Not stopped: ${messageOf(error)}` }) });
  const handleResume = (): void =>
    resume.mutate(runId, {
      onSuccess: (run) => void navigate(`/runs/${run.id}`),
      onError: (error) => showToast({ text: `Not resumed: ${messageOf(error)}` }),
    });
  const exporting = useExport();
  const handleExport = (as: ExportForm): void =>
    exporting.mutate({ path: exportedRun(runId), as }, { onError: (error) => showToast({ text: `Not exported: ${messageOf(error)}` }) });
  useCommands('run', [
    { id: 'run.export-yaml', title: `Export run ${runId} as a YAML file`, group: 'Run', keywords: 'download', run: () => handleExport('yaml') },
    {
      id: 'run.export-zip',
      title: `Export run ${runId} as a folder with everything (zip)`,
      group: 'Run',
      keywords: 'download',
      run: () => handleExport('zip'),
    },
    { id: 'run.clone', title: `Clone run ${runId}`, group: 'Run', keywords: 'edit as draft', run: handleClone },
    {
      id: 'run.copy-link',
      title: 'Copy a link to what is shown',
      group: 'Run',
      keys: 'L',
      keysWorkAt: isInPage,
      keywords: 'share address url step data',
      run: () => void copyLink(pathname + search, `what is shown of run ${runId}`),
    },
    { id: 'run.compare', title: `Compare run ${runId} with…`, group: 'Run', keywords: 'diff difference metrics', run: handleCompare },
    { id: 'run.stop', title: `Stop run ${runId}`, group: 'Run', keywords: 'cancel', isEnabled: isOn && !isStopping, run: handleStop },
    { id: 'run.resume', title: `Resume run ${runId}`, group: 'Run', keywords: 'retry continue', isEnabled: isUnfinished, run: handleResume },
  ]);
  return (
    <>
      {status !== undefined && !isOn && <RemoveRun runId={runId} />}
      <Button variant="default" leftSection={<IconGitCompare size={16} stroke={1.8} />} onClick={handleCompare}>
        Compare
      </Button>
      <ExportMenu isBusy={exporting.isPending} onExport={handleExport} />
      <Button variant="default" leftSection={<IconGitFork size={16} stroke={1.8} />} loading={clone.isPending} onClick={handleClone}>
        Clone
      </Button>
      {isUnfinished && (
        <Button leftSection={<IconPlayerPlayFilled size={14} />} loading={resume.isPending} onClick={handleResume}>
          Resume
        </Button>
      )}
      {isOn && (
        <Button variant="default" leftSection={<IconPlayerStopFilled size={14} />} disabled={isStopping} onClick={handleStop}>
          {isStopping ? 'Stopping…' : 'Stop'}
        </Button>
      )}
    </>
  );
}
