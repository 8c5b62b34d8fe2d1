import type { Run } from '@pipewright/shared/http/runs.ts';
import { isDataType } from '@pipewright/shared/component/port-type.ts';
import { Tabs } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { LogViewer } from '../../../logs/log-viewer.tsx';
import { describeArtifact } from '../../../preview/describe-artifact.ts';
import { OutputPreview } from '../../../preview/output-preview.tsx';
import { useStepRun } from '../../../realtime/run-store.ts';
import { useLiveRun } from '../../../realtime/use-live-run.ts';
import { StepStanding } from '../../../step-run/step-standing.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Refusal } from '../../../ui/feedback/refusal.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import classes from './test-run.module.css';

interface TestResultProps {
  readonly run: string | null;
  /** What was tried was changed since. */
  readonly isOfCodeBefore: boolean;
}

/** How the last test stands, as it goes: its status, its log, what it puts out. */
export function TestResult({ run, isOfCodeBefore }: TestResultProps) {
  const { data, error } = useLiveRun(run);
  if (run === null)
    return (
      <div className={classes.result}>
        <EmptyState icon={IconFlask} title="Not tried yet" hint="Its status, log and outputs come here, and it stands among the runs as a test." />
      </div>
    );
  const [step] = Object.keys(data?.snapshot.steps ?? {});
  return (
    <section className={classes.result} aria-label="The test">
      {error && !data && <Refusal>{messageOf(error)}</Refusal>}
      {!error && !data && <SkeletonRows count={6} />}
      {isOfCodeBefore && <p className={`pw-sm pw-t2 ${classes.openRun}`}>This is the test of the code before: it was changed since.</p>}
      {data && step !== undefined && <StepOfTest key={data.id} run={data} step={step} />}
    </section>
  );
}

type Part = 'log' | 'outputs';

function StepOfTest({ run, step }: { readonly run: Run; readonly step: string }) {
  const stepRun = useStepRun(run.id, step);
  const [asked, setAsked] = useState<Part | null>(null);
  const resolved = run.snapshot.steps[step];
  if (!stepRun || !resolved) return <SkeletonRows count={6} />;
  // What it put out is what was waited for; why it failed stands in the log.
  const part = asked ?? (stepRun.status === 'completed' && Object.keys(stepRun.outputs).length > 0 ? 'outputs' : 'log');
  const outputs = 'outputs' in stepRun ? stepRun.outputs : {};
  return (
    <>
      <div role="status">
        <StepStanding run={run} stepRun={stepRun} />
      </div>
      <p className={`pw-sm pw-muted ${classes.openRun}`}>
        It stands among the runs, as a test:{' '}
        <Link className="pw-link" to={`/runs/${run.id}`} target="_blank">
          run {run.id}
        </Link>
      </p>
      <Tabs value={part} onChange={(value) => setAsked(value === 'outputs' ? 'outputs' : 'log')} keepMounted={false} className={classes.tabs}>
        <Tabs.List aria-label="Parts of the test">
          <Tabs.Tab value="log">Log</Tabs.Tab>
          <Tabs.Tab value="outputs">Outputs</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log" className={classes.tab}>
          <LogViewer address={{ run: run.id, step }} title={resolved.displayName} stepRun={stepRun} />
        </Tabs.Panel>
        <Tabs.Panel value="outputs" className={classes.tab}>
          {Object.keys(resolved.outputs).length === 0 && <p className="pw-sm pw-muted">It puts nothing out.</p>}
          {Object.entries(resolved.outputs).map(([port, { type }]) => {
            const artifact = outputs[port];
            return (
              <section key={port} className={classes.output} aria-label={`Output ${port}`}>
                <header className="pw-row">
                  <PortGlyph type={type} isConnected={artifact !== undefined} />
                  <strong className="pw-med">{port}</strong>
                  <span className="pw-xs pw-muted pw-num">{artifact ? describeArtifact(artifact) : 'not there yet'}</span>
                </header>
                {artifact && isDataType(artifact.type) && <OutputPreview output={{ run: run.id, step, port }} form="inline" />}
              </section>
            );
          })}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
