import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from 'react-router';
import { isNotFound, messageOf } from '../../../api/api-error.ts';
import { trackedRunQuery, type TrackedRun } from '../../../api/tracked-runs.ts';
import { stepHref } from '../../../step-run/step-href.ts';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { Page } from '../../../ui/page/page.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import { trackedRunsHref } from './tracked-run-href.ts';
import { TrackedRunFacts } from './tracked-run-facts.tsx';
import { TrackedRunLogged } from './tracked-run-logged.tsx';
import { TrackedRunParts } from './tracked-run-parts.tsx';
import classes from './tracked-runs.module.css';

const crumbs = [
  { text: 'Runs', to: '/runs' },
  { text: 'Notebooks and scripts', to: trackedRunsHref(), isMinor: true },
];

/** `/tracked/:id`: a run that a client of MLflow has made. That of a step is shown with its step. */
export function TrackedRunPage() {
  const { id = '' } = useParams();
  const query = useQuery(trackedRunQuery(id));
  if (query.data?.step && query.data.parent === null) return <Navigate to={stepHref({ ...query.data.step, tab: 'metrics' })} replace />;
  if (query.data) return <LoadedRun key={id} run={query.data} />;
  const isMissing = isNotFound(query.error);
  return (
    <Page title="Run" crumbs={[...crumbs, { text: 'Run' }]}>
      {query.isError ? (
        <ErrorState
          title={isMissing ? 'There is no such run' : 'The run could not be read'}
          message={isMissing ? `No client of MLflow has made a run ${id} here.` : messageOf(query.error)}
          action={
            <span className="pw-row">
              <Button variant="default" onClick={() => void query.refetch()}>
                Try again
              </Button>
              <Button variant="default" component={Link} to={trackedRunsHref()}>
                All runs
              </Button>
            </span>
          }
        />
      ) : (
        <SkeletonRows count={12} height={35} />
      )}
    </Page>
  );
}

function LoadedRun({ run }: { readonly run: TrackedRun }) {
  return (
    <Page
      title={run.name}
      crumbs={[...crumbs, { text: run.name }]}
      state={
        <div className={classes.state}>
          <StatusWord status={run.status} />
          <span className="pw-t2">
            <Duration from={run.startedAt} to={run.endedAt} />
          </span>
          {run.isDeleted && <span className="pw-muted">deleted</span>}
        </div>
      }
    >
      <div className={classes.run}>
        <div className={classes.main}>
          <TrackedRunLogged run={run} />
          <TrackedRunParts run={run} />
        </div>
        <TrackedRunFacts run={run} />
      </div>
    </Page>
  );
}
