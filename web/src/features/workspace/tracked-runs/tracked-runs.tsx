import { Button, Select, TextInput } from '@mantine/core';
import { IconNotebook, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error.ts';
import { experimentsQuery, trackedRunsQuery } from '../../../api/tracked-runs.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { useQueryParam } from '../../../ui/page/use-query-param.ts';
import { DataTable } from '../../../ui/table/data-table.tsx';
import classes from '../workspace.module.css';
import { HowToLog } from './how-to-log.tsx';
import { listColumns, trackedRunName } from './tracked-run-columns.tsx';
import { trackedRunHref, trackedRunsHref } from './tracked-run-href.ts';

/** What the list of runs of notebooks and scripts can be narrowed by. */
export function TrackedRunFilters() {
  const [experiment, setExperiment] = useQueryParam('experiment');
  const [search, setSearch] = useQueryParam('search');
  const { data: experiments } = useQuery(experimentsQuery());
  const offered = [{ value: '', label: 'All experiments' }, ...(experiments ?? []).map(({ id, name }) => ({ value: id, label: name }))];
  // A link may name one that was deleted.
  if (experiments && !offered.some(({ value }) => value === experiment)) offered.push({ value: experiment, label: `Experiment ${experiment}` });
  return (
    <>
      <Select size="xs" w={200} searchable aria-label="Experiment" data={offered} value={experiment} onChange={(chosen) => setExperiment(chosen ?? '')} />
      <TextInput
        size="xs"
        className={classes.search}
        placeholder="Search by name"
        aria-label="Search runs"
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
    </>
  );
}

/** Runs that MLflow's clients have made outside of pipelines, newest first. */
export function TrackedRuns() {
  const [experiment] = useQueryParam('experiment');
  const [search] = useQueryParam('search');
  const asked = useDeferredValue(search.trim());
  const experiments = useQuery(experimentsQuery());
  const ids = experiment === '' ? experiments.data?.map(({ id }) => id) : [experiment];
  const query = useInfiniteQuery({ ...trackedRunsQuery({ experiments: ids ?? [], search: asked === '' ? undefined : asked }), enabled: ids !== undefined });
  const runs = query.data?.pages.flatMap((page) => page.runs) ?? [];
  const error = query.error ?? experiments.error;
  const names = new Map(experiments.data?.map(({ id, name }) => [id, name]));
  return (
    <>
      <div className="pw-card">
        {query.isPending && error === null && <SkeletonRows count={12} height={35} />}
        {error !== null && !query.data && (
          <ErrorState
            title="The runs could not be read"
            message={messageOf(error)}
            onRetry={() => void (experiments.isError ? experiments.refetch() : query.refetch())}
          />
        )}
        {query.data && runs.length === 0 && (experiment === '' && asked === '' ? <NoRuns /> : <NothingFound />)}
        {runs.length > 0 && (
          <DataTable
            label="Runs of notebooks and scripts"
            columns={listColumns(runs, names)}
            rows={runs}
            rowKey={(run) => run.id}
            rowHref={trackedRunHref}
            rowName={trackedRunName}
          />
        )}
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
  return <EmptyState icon={IconNotebook} title="No runs of notebooks or scripts yet" hint={<HowToLog />} />;
}

function NothingFound() {
  return (
    <EmptyState
      icon={IconSearchOff}
      title="No run answers to that"
      hint="Another experiment or fewer letters may find it."
      action={
        <Button variant="default" component={Link} to={trackedRunsHref()}>
          Show all runs
        </Button>
      }
    />
  );
}
