import type { DraftInside } from '@pipewright/shared/http/drafts.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { Button } from '@mantine/core';
import { IconPlayerPlayFilled, IconSitemap } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { messageOf } from '../../api/api-error.ts';
import { draftInsideQuery } from '../../api/drafts.ts';
import { RunGraph } from '../../canvas/run-graph.tsx';
import type { InnerGraph } from '../../canvas/unfold.ts';
import { pipelinesAround, useUnfolded } from '../../canvas/unfolded-store.ts';
import { useRunSummary } from '../../realtime/run-store.ts';
import { useLiveRun } from '../../realtime/use-live-run.ts';
import { graphStepOf, stepOfKey } from '../../step-run/step-of-key.ts';
import { NestedPanel } from '../../step-run/nested-panel.tsx';
import { RunPreview } from '../../step-run/run-preview.tsx';
import { StepHead } from '../../step-run/step-head.tsx';
import { StepPanel } from '../../step-run/step-panel.tsx';
import { useCommands } from '../../ui/commands/use-commands.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { Duration } from '../../ui/format/elapsed.tsx';
import { Page } from '../../ui/page/page.tsx';
import { ResizablePanel } from '../../ui/panels/resizable-panel.tsx';
import { StatusWord } from '../../ui/status/status-word.tsx';
import { TruncatedPath } from '../../ui/text/truncate.tsx';
import { unfoldedIn } from './canvas/use-nesting.ts';
import { StepDefinition } from './inspector/step-definition.tsx';
import { innerGraphOf } from './inner-graph-of.ts';
import { insideHref } from './inside-href.ts';
import { EditInsideButton } from './nesting/edit-inside-button.tsx';
import { useInsideAnew } from './run/use-inside-anew.ts';
import classes from '../../step-run/step-run.module.css';

/** `/drafts/:id/inside/:key`: the graph of a pipeline that a step of the draft is, with the statuses of its newest run; its file is where it is changed. */
export function InsidePage() {
  const { id = '', key = '' } = useParams();
  const { data, error } = useQuery(draftInsideQuery(id, key));
  useInsideAnew(id);
  const crumbs = [
    { text: data?.way[0]?.title ?? 'Pipeline', to: `/drafts/${id}` },
    ...(data?.way.slice(1) ?? []).map(({ key: upTo, title }) => ({ text: title, ...(upTo === key ? {} : { to: insideHref(id, upTo) }) })),
  ];
  return (
    <Page
      title={data?.way.at(-1)?.title ?? key}
      form="panes"
      state={data?.lastRun && <RunOfDraft run={data.lastRun.id} />}
      actions={
        <>
          {data?.component && <EditInsideButton draft={id} stepKey={key} component={data.component} />}
          <RunWholeDraft draft={id} />
        </>
      }
      crumbs={data ? crumbs : [{ text: 'Pipeline', to: `/drafts/${id}` }, { text: key }]}
    >
      {error ? (
        <ErrorState title="The pipeline could not be opened" message={messageOf(error)} />
      ) : data ? (
        <Inside key={key} draft={id} stepKey={key} inside={data} />
      ) : (
        <AfterPause>
          <SkeletonRows count={6} height={28} />
        </AfterPause>
      )}
    </Page>
  );
}

/** How the run stands whose statuses the graph shows. */
function RunOfDraft({ run }: { readonly run: string }) {
  const summary = useRunSummary(run);
  if (!summary) return null;
  return (
    <span className="pw-row">
      <StatusWord status={summary.status} />
      <Link className="pw-link" to={`/runs/${run}`}>
        Run {run}
      </Link>
      <span className="pw-t2">
        <Duration from={summary.queuedAt} to={summary.endedAt} />
      </span>
    </span>
  );
}

/** A pipeline inside runs as part of its draft: its plan is the draft's. */
function RunWholeDraft({ draft }: { readonly draft: string }) {
  const navigate = useNavigate();
  const to = `/drafts/${draft}?run=plan`;
  useCommands('inside.run', [
    { id: 'inside.run', title: 'Run the draft…', group: 'Run', keys: 'Ctrl+Enter', keywords: 'plan execute start', run: () => void navigate(to) },
  ]);
  return (
    <Button component={Link} to={to} leftSection={<IconPlayerPlayFilled size={14} />}>
      Run the draft…
    </Button>
  );
}

interface InsideProps {
  readonly draft: string;
  readonly stepKey: string;
  readonly inside: DraftInside;
}

function Inside({ draft, stepKey, inside }: InsideProps) {
  const navigate = useNavigate();
  const [selected, setSelected] = useState<string | null>(null);
  const content = useMemo(() => ({ document: inside.document, layout: inside.layout }), [inside]);
  const folding = useUnfolded(unfoldedIn(draft));
  const unfolded = useUnfoldedGraphs(draft, stepKey);
  const { data: run } = useLiveRun(inside.lastRun?.id ?? null);
  // A run from before the step was there has nothing to say of it.
  const shown = run && Object.hasOwn(run.snapshot.nested ?? {}, stepKey) ? run : null;
  const open = (step: string): void => {
    const key = `${stepKey}/${step}`;
    const isPipeline = inside.pipelines.includes(step) || unfolded.has(step) || Object.hasOwn(run?.snapshot.nested ?? {}, key);
    if (!isPipeline) return;
    folding.fold(key);
    void navigate(insideHref(draft, key));
  };
  return (
    <>
      <div className={classes.graph}>
        <RunGraph
          runId={shown?.id ?? null}
          inside={stepKey}
          content={content}
          components={inside.components}
          unfolded={unfolded}
          selectedStep={selected}
          onSelectStep={setSelected}
          onOpenStep={open}
          onToggleStep={(step) => {
            if (selected?.startsWith(`${step}/`)) setSelected(step);
            folding.toggle(`${stepKey}/${step}`);
          }}
        />
        <p className={classes.legend}>
          Read-only · {inside.file === null ? 'a registered component' : <TruncatedPath path={inside.file} />}
          {shown && ` · run ${shown.id}`}
        </p>
        {shown && <RunPreview run={shown} />}
      </div>
      {selected !== null && (
        <Panel run={shown} draft={draft} inside={stepKey} graph={graphAround(selected, inside, unfolded)} step={selected} onClose={() => setSelected(null)} />
      )}
    </>
  );
}

/** The pipelines that lie unfolded inside this one, by their keys in it. */
function useUnfoldedGraphs(draft: string, stepKey: string): ReadonlyMap<string, InnerGraph> {
  const { keys } = useUnfolded(unfoldedIn(draft));
  const prefix = `${stepKey}/`;
  const local = keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const visible = local.filter((key) => pipelinesAround(key).every((around) => local.includes(around)));
  const found = useQueries({ queries: visible.map((key) => ({ ...draftInsideQuery(draft, `${prefix}${key}`), retry: false })) });
  const graphs = visible.flatMap((key, index): [string, InnerGraph][] => {
    const data = found[index]?.data;
    return data ? [[key, innerGraphOf(data)]] : [];
  });
  return useSameWhileEqual(new Map(graphs));
}

/** The map that was there before, as long as it holds the same. */
function useSameWhileEqual(map: ReadonlyMap<string, InnerGraph>): ReadonlyMap<string, InnerGraph> {
  const [kept, setKept] = useState(map);
  const isSame = kept.size === map.size && [...map].every(([key, graph]) => kept.get(key) === graph);
  if (isSame) return kept;
  setKept(map);
  return map;
}

interface PanelProps {
  readonly run: Run | null;
  readonly draft: string;
  /** The pipeline that is looked at. */
  readonly inside: string;
  /** The graph that the step is in. */
  readonly graph: InnerGraph;
  readonly step: string;
  readonly onClose: () => void;
}

/** The step as it is in the run; before there is one that has it, as it is written. */
function Panel({ run, draft, inside, graph, step: local, onClose }: PanelProps) {
  const [tab, setTab] = useState<string | null>(null);
  const key = `${inside}/${local}`;
  const nested = run?.snapshot.nested?.[key];
  if (run && nested) return <NestedPanel run={run} stepKey={key} pipeline={nested} href={insideHref(draft, key)} onClose={onClose} />;
  const resolved = run && stepOfKey(run.snapshot, graphStepOf(run.snapshot, key));
  if (resolved) return <StepPanel key={key} run={run} stepKey={key} step={resolved} tab={tab} onTab={setTab} onClose={onClose} />;
  const name = local.slice(local.lastIndexOf('/') + 1);
  const step = graph.content.document.jobs[name];
  if (!step) return null;
  const { type, display_name: title, 'x-pipewright': extension } = interfaceOf(name, graph.content.document, graph.components) ?? {};
  return (
    <ResizablePanel name="step" label={`Step: ${step.display_name ?? name}`} side="right" defaultSize={428}>
      <StepHead family={extension?.family ?? 'other'} icon={extension?.icon} title={step.display_name ?? title ?? name} stepKey={key} onClose={onClose}>
        {type === 'pipeline' ? 'a pipeline' : 'not run yet'}
      </StepHead>
      <div className={classes.scroll}>
        {type === 'pipeline' && (
          <div className={classes.nestedOpen}>
            <Button component={Link} to={insideHref(draft, key)} leftSection={<IconSitemap size={16} stroke={1.8} aria-hidden />}>
              Open
            </Button>
          </div>
        )}
        <StepDefinition stepKey={name} step={step} />
      </div>
    </ResizablePanel>
  );
}

function graphAround(step: string, own: DraftInside, unfolded: ReadonlyMap<string, InnerGraph>): InnerGraph {
  const around = pipelinesAround(step).at(-1);
  return (around === undefined ? undefined : unfolded.get(around)) ?? innerGraphOf(own);
}
