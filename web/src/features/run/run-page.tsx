import type { Run } from '@pipewright/shared/http/runs.ts';
import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { isNotFound, messageOf } from '../../api/api-error.ts';
import { RunGraph } from '../../canvas/run-graph.tsx';
import { PreviewDrawer } from '../../preview/preview-drawer.tsx';
import { useLiveRun } from '../../realtime/use-live-run.ts';
import { useRunAnnouncements } from '../../realtime/use-run-announcements.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Outline } from './outline/outline.tsx';
import { RunActions } from './run-actions.tsx';
import { RunState } from './run-state.tsx';
import { graphStepOf, stepOfKey } from './step-of-key.ts';
import { StepPanel } from './step-panel/step-panel.tsx';
import { stepHref } from './step-href.ts';
import classes from './run.module.css';

/** `/runs/:id`, and with a step open `/runs/:id/steps/:key/:tab`. */
export function RunPage() {
  const { id = '' } = useParams();
  const query = useLiveRun(id);
  if (query.data) return <LoadedRun key={query.data.id} run={query.data} />;
  const crumbs = [{ text: 'Runs', to: '/runs' }, { text: `Run ${id}` }];
  if (query.isError) {
    return (
      <Page title={`Run ${id}`} crumbs={crumbs}>
        <ErrorState
          title={isNotFound(query.error) ? `There is no run ${id}` : 'The run could not be read'}
          message={messageOf(query.error)}
          action={
            <span className="pw-row">
              <Button variant="default" onClick={() => void query.refetch()}>
                Try again
              </Button>
              <Button variant="default" component={Link} to="/runs">
                All runs
              </Button>
            </span>
          }
        />
      </Page>
    );
  }
  return (
    <Page title={`Run ${id}`} crumbs={crumbs} form="panes">
      <div className={classes.loadingOutline}>
        <SkeletonRows count={9} height={28} />
      </div>
      <AfterPause>
        <div className={classes.loadingGraph} />
      </AfterPause>
    </Page>
  );
}

function LoadedRun({ run }: { readonly run: Run }) {
  const { key: selected = null, tab = 'logs' } = useParams();
  const navigate = useNavigate();
  const { snapshot } = run;
  const content = useMemo(() => ({ document: snapshot.document, layout: snapshot.layout }), [snapshot]);
  const titleOf = useCallback((step: string) => stepOfKey(snapshot, step)?.displayName ?? step, [snapshot]);
  useRunAnnouncements(run.id, titleOf);

  const select = useCallback(
    (step: string | null) => void navigate(step === null ? `/runs/${run.id}` : stepHref({ run: run.id, step, tab })),
    [navigate, run.id, tab],
  );
  const describe = useCallback(
    (step: string) => {
      const resolved = stepOfKey(snapshot, step);
      if (!resolved) return null;
      const outputs = Object.fromEntries(Object.entries(resolved.outputs).map(([name, { type }]) => [name, type]));
      return { title: resolved.displayName, outputs };
    },
    [snapshot],
  );
  const { origin } = run;
  const draftHref = origin.kind === 'draft' ? { to: `/drafts/${origin.draft}` } : {};
  const step = selected === null ? undefined : stepOfKey(snapshot, selected);
  const selectedNode = selected === null ? null : graphStepOf(snapshot, selected);
  return (
    <Page
      title={`Run ${run.id}, ${run.name}`}
      form="panes"
      crumbs={[{ text: 'Runs', to: '/runs', isMinor: true }, { text: run.pipelineName, isMinor: true, ...draftHref }, { text: `Run ${run.id}` }]}
      state={<RunState run={run} />}
      actions={<RunActions runId={run.id} />}
    >
      <Outline run={run} selected={selected} tab={tab} />
      <div className={classes.graph}>
        <RunGraph runId={run.id} content={content} components={snapshot.components} selectedStep={selectedNode} onSelectStep={select} />
        <p className={classes.legend}>{origin.kind === 'draft' ? `Read-only · snapshot of revision ${origin.revision}` : 'Read-only · as it was run'}</p>
        <PreviewDrawer run={run.id} describe={describe} />
      </div>
      {selected !== null && step && <StepPanel key={selected} run={run} stepKey={selected} step={step} tab={tab} onClose={() => select(null)} />}
    </Page>
  );
}
