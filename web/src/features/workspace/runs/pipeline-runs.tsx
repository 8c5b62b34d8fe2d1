import { RunStatus } from '@pipewright/shared/run/status.ts';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconHistory, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link, useSearchParams } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { runsQuery } from '../../../api/runs.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { useQueryParam } from '../../../ui/page/use-query-param.ts';
import { statusWord } from '../../../ui/status/status-looks.ts';
import { DataTable } from '../../../ui/table/data-table.tsx';
import classes from '../workspace.module.css';
import { runColumns, runHref, runName } from './run-columns.tsx';

const offeredStatuses = ['running', 'queued', 'completed', 'failed', 'cancelled', 'timed-out'] as const satisfies readonly RunStatus[];

function useRunsFilter() {
  const [statusText, setStatus] = useQueryParam('status');
  const [search, setSearch] = useQueryParam('search');
  const parsed = RunStatus.safeParse(statusText);
  return { status: parsed.success ? parsed.data : undefined, setStatus, search, setSearch };
}

/** What the list of runs of pipelines can be narrowed by. */
export function PipelineRunFilters() {
  const { status, setStatus, search, setSearch } = useRunsFilter();
  return (
    <>
      <SegmentedControl
        aria-label="Status"
        value={status ?? ''}
        onChange={setStatus}
        data={[{ value: '', label: 'All' }, ...offeredStatuses.map((value) => ({ value, label: statusWord(value) }))]}
      />
      <TextInput
        size="xs"
        className={classes.search}
        placeholder="Search by number, pipeline, experiment"
        aria-label="Search runs"
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
    </>
  );
}

/** Runs of pipelines, newest first, live. */
export function PipelineRuns() {
  const [, setParams] = useSearchParams();
  const { status, search } = useRunsFilter();
  const asked = useDeferredValue(search.trim());
  const query = useInfiniteQuery(runsQuery({ status, search: asked === '' ? undefined : asked }));
  const runs = query.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = status !== undefined || asked !== '';
  const showAll = (): void => setParams({}, { replace: true });

  return (
    <>
      <div className="pw-card">
        {query.isPending && <SkeletonRows count={12} height={35} />}
        {query.isError && !query.data && (
          <ErrorState title="The runs could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.data && runs.length === 0 && (isFiltered ? <NothingFound onShowAll={showAll} /> : <NoRuns />)}
        {runs.length > 0 && <DataTable label="Runs" columns={runColumns} rows={runs} rowKey={(run) => run.id} rowHref={runHref} rowName={runName} />}
      </div>
      {query.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older runs
          </Button>
        </div>
      )}
    </>
  );
}

function NoRuns() {
  return (
    <EmptyState
      icon={IconHistory}
      title="No runs yet"
      hint="Open a draft and press Run, or start one from the shell with pipewright run."
      action={
        <Button variant="default" component={Link} to="/gallery">
          Open the gallery
        </Button>
      }
    />
  );
}

function NothingFound({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <EmptyState
      icon={IconSearchOff}
      title="No run answers to that"
      hint="Another status or fewer letters may find it."
      action={
        <Button variant="default" onClick={onShowAll}>
          Show all runs
        </Button>
      }
    />
  );
}
