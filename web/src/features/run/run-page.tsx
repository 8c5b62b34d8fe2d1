import type { Run } from '@pipewright/shared/http/runs.ts';
import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { Link, useMatch, useNavigate, useParams, useSearchParams } from 'react-router';
import { isNotFound, messageOf } from '../../api/api-error.ts';
import { RunGraph } from '../../canvas/run-graph.tsx';
import { useUnfolded } from '../../canvas/unfolded-store.ts';
import { useLiveRun } from '../../realtime/use-live-run.ts';
import { useRunAnnouncements } from '../../realtime/use-run-announcements.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { Page } from '../../ui/page/page.tsx';
import { graphInside, graphOfStep, unfoldedIn } from '../../step-run/inside.ts';
import { Outline } from './outline/outline.tsx';
import { RunActions } from './run-actions.tsx';
import { RunState } from './run-state.tsx';
import { graphStepOf, stepOfKey, workerOf } from '../../step-run/step-of-key.ts';
import { NestedPanel } from '../../step-run/nested-panel.tsx';
import { RunPreview } from '../../step-run/run-preview.tsx';
import { StepPanel } from '../../step-run/step-panel.tsx';
import { insideHref, WayInside } from './way-inside.tsx';
import { chosenTab, openingTab } from '../../step-run/tab-names.ts';
import { stepHref } from '../../step-run/step-href.ts';
import classes from '../../step-run/step-run.module.css';

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
          message={isNotFound(query.error) ? 'It may have been removed, or the address is not quite right.' : messageOf(query.error)}
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
  const { key: selected = null, tab = null } = useMatch('/runs/:id/steps/:key/:tab?')?.params ?? {};
  const navigate = useNavigate();
  const { snapshot } = run;
  const chosen = chosenTab(snapshot, selected, tab);
  const titleOf = useCallback((step: string) => stepOfKey(snapshot, step)?.displayName ?? step, [snapshot]);
  useRunAnnouncements(run.id, titleOf);
  const { graph, inside, unfolded, select, selectNode, openNode, toggleNode } = useShownGraph(run, selected, chosen);
  const { origin } = run;
  const draftHref = origin.kind === 'draft' ? { to: `/drafts/${origin.draft}` } : {};
  // The body of a loop is no step of the run: what there is to say of it, its loop says.
  const worker = selected === null ? null : workerOf(snapshot, selected);
  const step = worker === null ? undefined : stepOfKey(snapshot, worker);
  const nested = selected === null ? undefined : snapshot.nested?.[selected];
  const node = selected === worker && worker !== null ? graphStepOf(snapshot, worker) : selected;
  const selectedNode = node === null ? null : node.slice(inside === '' ? 0 : inside.length + 1);
  return (
    <Page
      title={`Run ${run.id}, ${run.name}`}
      form="panes"
      crumbs={[{ text: 'Runs', to: '/runs', isMinor: true }, { text: run.pipelineName, isMinor: true, ...draftHref }, { text: `Run ${run.id}` }]}
      state={<RunState run={run} />}
      actions={<RunActions runId={run.id} />}
    >
      <Outline run={run} selected={worker} tab={chosen} />
      <div className={classes.graph}>
        <RunGraph
          key={graph.key}
          runId={run.id}
          inside={graph.key}
          content={graph.content}
          components={graph.components}
          selectedStep={selectedNode}
          onSelectStep={selectNode}
          onOpenStep={openNode}
          unfolded={unfolded}
          onToggleStep={toggleNode}
        />
        <WayInside run={run.id} snapshot={snapshot} inside={graph.key} />
        <p className={classes.legend}>{origin.kind === 'draft' ? `Read-only · snapshot of revision ${origin.revision}` : 'Read-only · as it was run'}</p>
        <RunPreview run={run} />
      </div>
      {selected !== null && nested && (
        <NestedPanel key={selected} run={run} stepKey={selected} pipeline={nested} href={insideHref(run.id, selected)} onClose={() => select(null)} />
      )}
      {worker !== null && step && (
        <StepPanel
          key={worker}
          run={run}
          stepKey={worker}
          step={step}
          tab={tab}
          onTab={(next) => void navigate(stepHref({ run: run.id, step: selected ?? worker, tab: next }), { replace: true })}
          onClose={() => select(null)}
        />
      )}
    </Page>
  );
}

/** The graph that is looked at, what lies unfolded in it, and what a person does there; which one it is follows from the selected step and the address. */
function useShownGraph({ id, snapshot }: Run, selected: string | null, chosen: string | null) {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const folding = useUnfolded(`run ${id}`);
  const inside = selected === null ? (search.get('inside') ?? '') : graphOfStep(snapshot, selected, folding.keys);
  const graph = useMemo(() => graphInside(snapshot, inside), [snapshot, inside]);
  const unfolded = useMemo(() => unfoldedIn(snapshot, graph.key, folding.keys), [snapshot, graph.key, folding.keys]);
  const select = useCallback(
    (step: string | null) => void navigate(step === null ? insideHref(id, inside) : stepHref({ run: id, step, tab: openingTab(snapshot, step, chosen) })),
    [navigate, id, snapshot, chosen, inside],
  );
  const keyOf = useCallback((step: string) => (inside === '' ? step : `${inside}/${step}`), [inside]);
  const selectNode = useCallback((step: string | null) => select(step === null ? null : keyOf(step)), [select, keyOf]);
  const openNode = useCallback(
    (step: string) => {
      if (!Object.hasOwn(snapshot.nested ?? {}, keyOf(step))) return;
      // What is shown by itself is not shown in its place as well.
      folding.fold(keyOf(step));
      void navigate(insideHref(id, keyOf(step)));
    },
    [navigate, id, snapshot, keyOf, folding],
  );
  const toggleNode = useCallback(
    (step: string) => {
      // A step that would be hidden gives the selection to what hides it.
      if (selected?.startsWith(`${keyOf(step)}/`) && folding.keys.includes(keyOf(step))) select(keyOf(step));
      folding.toggle(keyOf(step));
    },
    [folding, keyOf, selected, select],
  );
  return { graph, inside, unfolded, select, selectNode, openNode, toggleNode };
}
