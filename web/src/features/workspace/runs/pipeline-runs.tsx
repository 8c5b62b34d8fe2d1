import { RunStatus } from '@pipewright/shared/run/status.ts';
import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconGitCompare, IconHistory, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link, useNavigate } from 'react-router';
import { runsQuery } from '../../../api/runs.ts';
import { compareHref } from '../../../step-run/compare-href.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { SearchField } from '../../../ui/filter/search-field.tsx';
import { useQueryParam, useSetQuery } from '../../../ui/page/use-query-param.ts';
import { statusWord } from '../../../ui/status/status-looks.ts';
import { runColumns, runHref, runName } from './run-columns.tsx';
import { RunTable } from './run-table.tsx';

const offeredStatuses = ['running', 'queued', 'completed', 'failed', 'cancelled', 'timed-out'] as const satisfies readonly RunStatus[];

function useStatusFilter(): readonly [RunStatus | undefined, (status: string) => void] {
  const [text, setStatus] = useQueryParam('status');
  const parsed = RunStatus.safeParse(text);
  return [parsed.success ? parsed.data : undefined, setStatus];
}

/** What the list of runs of pipelines can be narrowed by. */
export function PipelineRunFilters() {
  const [status, setStatus] = useStatusFilter();
  return (
    <>
      <SegmentedControl
        aria-label="Status"
        value={status ?? ''}
        onChange={setStatus}
        data={[{ value: '', label: 'All' }, ...offeredStatuses.map((value) => ({ value, label: statusWord(value) }))]}
      />
      <SearchField label="Search runs" placeholder="Search by number, pipeline, experiment" />
    </>
  );
}

/** Runs of pipelines, newest first, live. */
export function PipelineRuns() {
  const setQuery = useSetQuery();
  const [status] = useStatusFilter();
  const [search] = useQueryParam('search');
  const asked = useDeferredValue(search.trim());
  const query = useInfiniteQuery(runsQuery({ status, search: asked === '' ? undefined : asked }));
  const isFiltered = status !== undefined || asked !== '';
  return (
    <RunTable
      label="Runs"
      query={query}
      error={query.error}
      onRetry={() => void query.refetch()}
      runs={query.data?.pages.flatMap((page) => page.items)}
      columns={runColumns}
      href={runHref}
      name={runName}
      renderActions={({ id }) => <CompareTool id={id} />}
      none={isFiltered ? <NothingFound onShowAll={() => setQuery({ status: '', search: '' })} /> : <NoRuns />}
    />
  );
}

function CompareTool({ id }: { readonly id: string }) {
  const navigate = useNavigate();
  return (
    <Tooltip label="Compare with…">
      <ActionIcon aria-label={`Compare run ${id} with…`} onClick={() => void navigate(compareHref([id]))}>
        <IconGitCompare size={16} stroke={1.8} aria-hidden />
      </ActionIcon>
    </Tooltip>
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
