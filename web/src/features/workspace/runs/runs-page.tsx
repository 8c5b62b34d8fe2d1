import { SegmentedControl } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { Page } from '../../../ui/page/page.tsx';
import { TrackedRunFilters, TrackedRuns } from '../tracked-runs/tracked-runs.tsx';
import classes from '../workspace.module.css';
import { PipelineRunFilters, PipelineRuns } from './pipeline-runs.tsx';

/** Every run: those of pipelines, and in another view those that MLflow's clients have made elsewhere. */
export function RunsPage() {
  const [params, setParams] = useSearchParams();
  const isOfScripts = params.get('view') === 'scripts';
  return (
    <Page title="Runs" crumbs={[{ text: 'Runs' }]}>
      <div className={classes.filters}>
        <SegmentedControl
          aria-label="Runs of"
          value={isOfScripts ? 'scripts' : ''}
          onChange={(view) => setParams(view === '' ? {} : { view }, { replace: true })}
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
