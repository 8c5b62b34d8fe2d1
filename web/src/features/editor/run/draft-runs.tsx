import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconColumns, IconGitCompare, IconGitFork, IconHistory, IconSitemap } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { Tool } from '../../../canvas/canvas-tools.tsx';
import { runsQuery } from '../../../api/runs.ts';
import { compareHref } from '../../../step-run/compare-href.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { PartChip } from '../../../ui/feedback/part-chip.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { StatusBar } from '../../../ui/status/status-bar.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { useComparedSource } from '../compare/use-compared-source.ts';
import { useDesignerView } from '../top-bar/use-designer-view.ts';
import { useEditor, useEditorState } from '../store/editor-context.tsx';
import { useBringBack, useCloneOfRun } from './use-run-state.ts';
import classes from './draft-runs.module.css';

const columns: readonly Column<RunSummary>[] = [
  { key: 'status', head: 'Status', width: 130, render: ({ status }) => <StatusWord status={status} /> },
  { key: 'id', head: 'Run', width: 64, isNumber: true, render: ({ id }) => id },
  {
    key: 'name',
    head: 'Name',
    render: ({ name, part }) =>
      part ? (
        <span className="pw-row">
          {name} <PartChip part={part} />
        </span>
      ) : (
        name
      ),
  },
  { key: 'revision', head: 'Revision', width: 84, isNumber: true, isMinor: true, render: ({ origin }) => (origin.kind === 'draft' ? origin.revision : '') },
  { key: 'steps', head: 'Steps', width: 150, render: ({ counts }) => <StatusBar counts={counts} width={120} /> },
  { key: 'error', head: 'Why it failed', isMinor: true, render: ({ error }) => <span className="pw-clip pw-t2">{error ?? ''}</span> },
  { key: 'took', head: 'Took', width: 84, isNumber: true, render: ({ queuedAt, endedAt }) => <Duration from={queuedAt} to={endedAt} /> },
  { key: 'when', head: 'When', width: 110, isNumber: true, render: ({ queuedAt }) => <RelativeTime at={queuedAt} /> },
];

/** The runs of this draft, the newest first; one of them can be shown on the canvas. */
export function DraftRuns() {
  const { draftId, store } = useEditor();
  const [, setView] = useDesignerView();
  const [, compare] = useComparedSource();
  const query = useInfiniteQuery(runsQuery({ draft: draftId }));
  const runs = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const show = (id: string): void => {
    store.getState().attachRun(id);
    setView('design');
  };
  const bringBack = useBringBack(show);
  const cloneRun = useCloneOfRun();
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const navigate = useNavigate();
  return (
    <section className={classes.runs} aria-label="Runs of this draft" data-pane tabIndex={-1}>
      {query.isPending && <SkeletonRows count={6} />}
      {query.isError && <ErrorState title="The runs could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />}
      {query.isSuccess && runs.length === 0 && (
        <EmptyState icon={IconHistory} title="Not run yet" hint="Every run of this draft stands here, with what came of it." />
      )}
      {runs.length > 0 && (
        <div className="pw-card">
          <DataTable
            label="Runs of this draft"
            columns={columns}
            rows={runs}
            rowKey={({ id }) => id}
            rowHref={({ id }) => `/runs/${id}`}
            rowName={({ id, name }) => `Run ${id}, ${name}`}
            renderActions={({ id }) => (
              <span className="pw-row">
                <Tool label="Show on the canvas" icon={IconSitemap} onClick={() => show(id)} />
                <Tool label="Compare with the draft" icon={IconGitCompare} onClick={() => compare({ kind: 'run', id })} />
                <Tool label="Compare with other runs" icon={IconColumns} onClick={() => void navigate(compareHref(withTheOneBefore(runs, id)))} />
                <Tool label="Bring back its state" icon={IconArrowBackUp} isDisabled={isReadOnly} onClick={() => void bringBack(id)} />
                <Tool label="Clone as a draft of its own" icon={IconGitFork} onClick={() => cloneRun(id)} />
              </span>
            )}
          />
        </div>
      )}
      {query.hasNextPage && (
        <Button variant="default" mt={12} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show older runs
        </Button>
      )}
    </section>
  );
}

/** Newest first: the one before stands below it. */
function withTheOneBefore(runs: readonly { readonly id: string }[], id: string): string[] {
  const before = runs[runs.findIndex((run) => run.id === id) + 1];
  return before ? [before.id, id] : [id];
}
