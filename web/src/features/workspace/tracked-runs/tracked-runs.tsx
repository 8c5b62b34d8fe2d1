import { Button, Select } from '@mantine/core';
import { IconNotebook, IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { experimentsQuery, trackedRunsQuery } from '../../../api/tracked-runs.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { SearchField } from '../../../ui/filter/search-field.tsx';
import { useQueryParam } from '../../../ui/page/use-query-param.ts';
import { RunTable } from '../runs/run-table.tsx';
import { HowToLog } from './how-to-log.tsx';
import { listColumns, trackedRunName } from './tracked-run-columns.tsx';
import { trackedRunHref, trackedRunsHref } from './tracked-run-href.ts';

/** What the list of runs of notebooks and scripts can be narrowed by. */
export function TrackedRunFilters() {
  const [experiment, setExperiment] = useQueryParam('experiment');
  const { data: experiments } = useQuery(experimentsQuery());
  const offered = [{ value: '', label: 'All experiments' }, ...(experiments ?? []).map(({ id, name }) => ({ value: id, label: name }))];
  // A link may name one that was deleted.
  if (experiments && !offered.some(({ value }) => value === experiment)) offered.push({ value: experiment, label: `Experiment ${experiment}` });
  return (
    <>
      <Select size="xs" w={200} searchable aria-label="Experiment" data={offered} value={experiment} onChange={(chosen) => setExperiment(chosen ?? '')} />
      <SearchField label="Search runs" placeholder="Search by name" />
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
  const runs = query.data?.pages.flatMap((page) => page.runs);
  const names = new Map(experiments.data?.map(({ id, name }) => [id, name]));
  return (
    <RunTable
      label="Runs of notebooks and scripts"
      query={query}
      error={query.error ?? experiments.error}
      onRetry={() => void (experiments.isError ? experiments.refetch() : query.refetch())}
      runs={runs}
      columns={listColumns(runs ?? [], names)}
      href={trackedRunHref}
      name={trackedRunName}
      none={experiment === '' && asked === '' ? <NoRuns /> : <NothingFound />}
    />
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
