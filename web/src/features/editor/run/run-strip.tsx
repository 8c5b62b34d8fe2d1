import { statusesByWeight, type StepStatus, isRunEnded } from '@pipewright/shared/run/status.ts';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPlayerStopFilled, IconX } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import { useLayoutEffect } from 'react';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { useCancelRun } from '../../../api/runs.ts';
import { useConnection } from '../../../realtime/connection.ts';
import { runStoreOf, useRunSummary } from '../../../realtime/run-store.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { Chip } from '../../../ui/feedback/chip.tsx';
import { PartChip } from '../../../ui/feedback/part-chip.tsx';
import { showToast } from '../../../ui/feedback/toast.tsx';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { StatusBar } from '../../../ui/status/status-bar.tsx';
import { StatusIcon } from '../../../ui/status/status-icon.tsx';
import { statusWord } from '../../../ui/status/status-looks.ts';
import { useIsNarrow } from '../../../ui/panels/use-is-narrow.ts';
import { useComparedSource } from '../compare/use-compared-source.ts';
import { describeChanges } from '../model/changed-since.ts';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { ResumeButton } from './resume-button.tsx';
import classes from './run.module.css';

const stripHeight = 38;

/** The strip takes its height from the canvas; the paper goes the other way by as much, so that no node moves. */
function useSteadyPaper(isShown: boolean): void {
  const flow = useReactFlow();
  useLayoutEffect(() => {
    if (!isShown) return;
    const shift = (by: number): void => {
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x, y: y + by, zoom });
    };
    shift(-stripHeight);
    return () => shift(stripHeight);
  }, [flow, isShown]);
}

/** The run whose statuses the canvas shows. */
export function RunStrip() {
  const { store } = useEditor();
  const runId = useEditorState((state) => state.attachedRun);
  const summary = useRunSummary(runId);
  const changes = useDerived((derived) => derived.changes);
  const removed = useDerived((derived) => derived.removedSince);
  const otherInputs = useDerived((derived) => derived.otherInputs);
  const isNarrow = useIsNarrow();
  const connection = useConnection();
  const [, compare] = useComparedSource();
  useSteadyPaper(runId !== null && summary !== null);
  if (runId === null || !summary) return null;
  const since = describeChanges(changes, removed, otherInputs);
  return (
    <div className={classes.strip} role="region" aria-label={`Run ${runId}`} data-run={runId} data-run-status={summary.status}>
      <span className={classes.stripName} data-st={summary.status}>
        <StatusIcon status={summary.status} label={statusWord(summary.status)} />
        Run {runId}
      </span>
      <PartChip part={summary.part} />
      <span className="pw-t2">
        <Duration from={summary.queuedAt} to={summary.endedAt} />
      </span>
      <StatusBar counts={summary.counts} width={120} />
      {!isNarrow && <Counts runId={runId} />}
      {connection !== 'connected' && <Chip tone="warn">Reconnecting…</Chip>}
      <span className={classes.stripEnd}>
        {since !== '' && (
          <Tooltip label={`Compare the draft with run ${runId}`}>
            <button type="button" className={classes.since} onClick={() => compare({ kind: 'run', id: runId })}>
              <Chip>{since}</Chip>
            </button>
          </Tooltip>
        )}
        <Link className="pw-link" to={`/runs/${runId}`}>
          Open run
        </Link>
        {isRunEnded(summary.status) && summary.status !== 'completed' && <ResumeButton key={runId} runId={runId} />}
        {isRunEnded(summary.status) ? (
          <Tooltip label="Do not show this run">
            <ActionIcon aria-label={`Do not show run ${runId}`} onClick={() => store.getState().dismissRun()}>
              <IconX size={14} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        ) : (
          <StopButton runId={runId} isStopping={summary.status === 'cancelling'} />
        )}
      </span>
    </div>
  );
}

/** A press selects the steps that stand there. */
function Counts({ runId }: { readonly runId: string }) {
  const { store } = useEditor();
  const summary = useRunSummary(runId);
  const select = (status: StepStatus): void => {
    const { steps } = runStoreOf(runId).getState();
    store.getState().select({ steps: Object.values(steps).flatMap((step) => (step.status === status ? [step.key] : [])) });
  };
  return (
    <span className={classes.counts}>
      {statusesByWeight.map((status) => {
        const count = summary?.counts[status] ?? 0;
        return (
          count > 0 && (
            <Tooltip key={status} label={`${statusWord(status)}: select ${count === 1 ? 'it' : 'them'}`}>
              <button type="button" className={classes.count} aria-label={`${count} ${statusWord(status).toLowerCase()}`} onClick={() => select(status)}>
                <StatusIcon status={status} />
                {count}
              </button>
            </Tooltip>
          )
        );
      })}
    </span>
  );
}

function StopButton({ runId, isStopping }: { readonly runId: string; readonly isStopping: boolean }) {
  const cancel = useCancelRun();
  const isPending = isStopping || cancel.isPending;
  const stop = (): void => cancel.mutate(runId, { onError: (error) => showToast({ text: `Not stopped: ${messageOf(error)}` }) });
  useCommands('editor.run', [{ id: 'editor.stop', title: `Stop run ${runId}`, group: 'Run', keywords: 'cancel', isEnabled: !isPending, run: stop }]);
  return (
    <Button size="xs" variant="default" leftSection={<IconPlayerStopFilled size={12} />} disabled={isPending} onClick={stop}>
      {isPending ? 'Stopping…' : 'Stop'}
    </Button>
  );
}
