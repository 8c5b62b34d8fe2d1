import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { LogViewer } from '../../../logs/log-viewer.tsx';
import { useStepRun } from '../../../realtime/run-store.ts';
import { PanelEdge } from '../../../ui/panels/panel-edge.tsx';
import { usePreferences } from '../../../ui/preferences.ts';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import { useDerived, useEditor, useEditorState } from '../store/editor-context.tsx';
import { selectStepInView } from '../store/selectors.ts';
import classes from './log-panel.module.css';

const defaultHeight = 240;
const limits = { min: 120, max: 800 } as const;

/** The log of the selected step as it grows, under the canvas. */
export function LogPanel() {
  const { store } = useEditor();
  const isOpen = useEditorState((state) => state.isLogOpen);
  const runId = useEditorState((state) => state.attachedRun);
  const step = useEditorState(selectStepInView);
  const height = usePreferences((state) => state.panelSizes['editor-log'] ?? defaultHeight);
  const setPanelSize = usePreferences((state) => state.setPanelSize);
  if (!isOpen || runId === null) return null;
  return (
    <section className={classes.panel} style={{ height }} aria-label="Log" data-pane tabIndex={-1}>
      <PanelEdge
        label="Height of the log"
        edge="top"
        size={height}
        limits={limits}
        onResize={(size) => setPanelSize('editor-log', Math.min(limits.max, Math.max(limits.min, size)))}
      />
      {step === null ? <p className={classes.nothing}>Select a step to see its log.</p> : <StepLog key={`${runId} ${step}`} runId={runId} step={step} />}
      <Tooltip label="Close the log">
        <ActionIcon className={classes.close} aria-label="Close the log" onClick={() => store.getState().setLogOpen(false)}>
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </section>
  );
}

function StepLog({ runId, step }: { readonly runId: string; readonly step: string }) {
  const title = useDerived((derived) => derived.drawn.get(step)?.title ?? step);
  const run = useStepRun(runId, step);
  if (!run)
    return (
      <p className={classes.nothing}>
        {title} is not in run {runId}.
      </p>
    );
  return (
    <>
      <header className={classes.head}>
        <b className="pw-clip">{title}</b>
        <StatusWord status={run.status} />
        <span className="pw-muted">run {runId}</span>
      </header>
      {run.status === 'reused' ? (
        <p className={classes.nothing}>
          Reused: this step wrote nothing in run {runId}. Its log is in run {run.donor.run}.
        </p>
      ) : (
        <div className={classes.log}>
          <LogViewer address={{ run: runId, step }} title={title} stepRun={run} />
        </div>
      )}
    </>
  );
}
