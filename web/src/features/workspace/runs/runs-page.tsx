import { SegmentedControl } from '@mantine/core';
import { Page } from '../../../ui/page/page.tsx';
import { useQueryParam, useSetQuery } from '../../../ui/page/use-query-param.ts';
import { TrackedRunFilters, TrackedRuns } from '../tracked-runs/tracked-runs.tsx';
import classes from '../workspace.module.css';
import { PipelineRunFilters, PipelineRuns } from './pipeline-runs.tsx';

/** Every run: those of pipelines, and in another view those that MLflow's clients have made elsewhere. */
export function RunsPage() {
  const [view] = useQueryParam('view');
  const setQuery = useSetQuery();
  const isOfScripts = view === 'scripts';
  return (
    <Page title="Runs" crumbs={[{ text: 'Runs' }]}>
      <div className={classes.filters}>
        <SegmentedControl
          aria-label="Runs of"
          value={isOfScripts ? 'scripts' : ''}
          // What narrows one of them says nothing of the other.
          onChange={(chosen) => setQuery({ view: chosen, status: '', experiment: '', search: '' })}
          data={[
            { value: '', label: 'Pipelines' },
            { value: 'scripts', label: 'Notebooks and scripts' },
          ]}
        />
        {isOfScripts ? <TrackedRunFilters /> : <PipelineRunFilters />}
      </div>
      {isOfScripts ? <TrackedRuns /> : <PipelineRuns />}
    </Page>
  );
}
