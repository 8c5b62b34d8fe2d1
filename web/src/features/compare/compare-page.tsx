import type { Run, RunMetrics } from '@pipewright/shared/http/runs.ts';
import { compareRuns } from '@pipewright/shared/run/compare-runs.ts';
import { Button } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { isNotFound, messageOf } from '../../api/api-error.ts';
import { runKeys, runMetricsQuery, runQuery } from '../../api/runs.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { AfterPause, SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { countOf } from '../../ui/format/number.ts';
import { Page } from '../../ui/page/page.tsx';
import { AddRun } from './add-run.tsx';
import type { ComparedRun } from './compared-run.ts';
import { CompareActions } from './compare-actions.tsx';
import { CourseCard } from './course-card.tsx';
import { GraphCard } from './graph-card.tsx';
import { MetricsCard } from './metrics-card.tsx';
import { RunCard } from './run-card.tsx';
import { useComparedRuns } from './use-compared-runs.ts';
import { ValuesCard } from './values-card.tsx';
import classes from './compare-page.module.css';

/** `/compare?runs=41,44,45`: two to five runs side by side. */
export function ComparePage() {
  const { ids, setIds } = useComparedRuns();
  const client = useQueryClient();
  const runs = useQueries({ queries: ids.map((id) => runQuery(id)), combine: answersOf<Run> });
  const metrics = useQueries({ queries: ids.map((id) => runMetricsQuery(id)), combine: answersOf<RunMetrics> });
  // What was not read is not told as what is not there.
  const errors = ids.map((_, index) => runs.errors[index] ?? metrics.errors[index] ?? null);
  const failed = errors.findIndex((error) => error !== null);
  const loaded = useMemo(
    () =>
      runs.data.flatMap((run, index): ComparedRun[] => {
        const logged = metrics.data[index];
        return run && logged ? [{ run, metrics: logged.items }] : [];
      }),
    [runs.data, metrics.data],
  );
  const title = ids.length > 1 ? `Compare ${countOf(ids.length, 'run')}` : 'Compare runs';
  const isReady = failed < 0 && loaded.length === ids.length;
  return (
    <Page
      title={title}
      crumbs={[{ text: 'Runs', to: '/runs' }, { text: title }]}
      form="panes"
      actions={
        <>
          {ids.length > 0 && <AddRun ids={ids} pipeline={loaded[0]?.run.pipelineName ?? null} onAdd={(id) => setIds([...ids, id])} />}
          {isReady && loaded.length > 1 && <CompareActions runs={loaded} />}
        </>
      }
    >
      {ids.length === 0 && (
        <div className={classes.alone}>
          <NothingChosen onAdd={(id) => setIds([id])} />
        </div>
      )}
      {failed >= 0 && (
        <div className={classes.alone}>
          <ErrorState
            title={isNotFound(errors[failed]) ? `There is no run ${ids[failed] ?? ''}` : `Run ${ids[failed] ?? ''} could not be read`}
            message={isNotFound(errors[failed]) ? 'It may have been removed, or the address is not quite right.' : messageOf(errors[failed])}
            action={
              <span className="pw-row">
                {!isNotFound(errors[failed]) && (
                  <Button variant="default" onClick={() => void client.refetchQueries({ queryKey: runKeys.detail(ids[failed] ?? '') })}>
                    Try again
                  </Button>
                )}
                <Button variant="default" onClick={() => setIds(ids.filter((_, index) => index !== failed))}>
                  Leave it out
                </Button>
              </span>
            }
          />
        </div>
      )}
      {failed < 0 && !isReady && (
        <AfterPause>
          <SkeletonRows count={10} />
        </AfterPause>
      )}
      {isReady && ids.length > 0 && <Compared runs={loaded} ids={ids} onIds={setIds} />}
    </Page>
  );
}

interface Answers<T> {
  readonly data: readonly (T | undefined)[];
  /** Why there is none, question by question. */
  readonly errors: readonly (Error | null)[];
}

/** The same object as long as the answers are. */
const answersOf = <T,>(results: readonly { readonly data: T | undefined; readonly error: Error | null }[]): Answers<T> => ({
  data: results.map(({ data }) => data),
  errors: results.map(({ data, error }) => (data === undefined ? error : null)),
});

function NothingChosen({ onAdd }: { readonly onAdd: (id: string) => void }) {
  return (
    <EmptyState
      icon={IconGitCompare}
      title="No run is chosen"
      hint="Two to five runs are shown side by side: their graphs, values, metrics, curves and logs."
      action={<AddRun ids={[]} pipeline={null} onAdd={onAdd} />}
    />
  );
}

interface ComparedProps {
  readonly runs: readonly ComparedRun[];
  readonly ids: readonly string[];
  readonly onIds: (ids: readonly string[]) => void;
}

function Compared({ runs, ids, onIds }: ComparedProps) {
  const comparison = useMemo(() => compareRuns(runs.map(({ run }) => run)), [runs]);
  const [selected, setSelected] = useState<string | null>(null);
  const cards = runs.map(({ run }, index) => (
    <RunCard
      key={run.id}
      run={run}
      index={index}
      differing={comparison.steps.filter(({ differs }) => differs[index] === true).length}
      total={comparison.steps.length}
      isAlone={runs.length < 2}
      onRemove={() => onIds(ids.filter((id) => id !== run.id))}
      onFirst={() => onIds([run.id, ...ids.filter((id) => id !== run.id)])}
    />
  ));
  if (runs.length < 2) {
    return (
      <div className={classes.work} data-alone>
        <div className={classes.cards}>{cards}</div>
        <EmptyState
          icon={IconGitCompare}
          title="One more is needed"
          hint="Choose what this run is compared with."
          action={<AddRun ids={ids} pipeline={runs[0]?.run.pipelineName ?? null} onAdd={(id) => onIds([id, ...ids])} />}
        />
      </div>
    );
  }
  return (
    <div className={classes.work}>
      <div className={classes.cards}>{cards}</div>
      <GraphCard runs={runs} comparison={comparison} selected={selected} onSelect={setSelected} />
      <ValuesCard runs={runs} steps={comparison.steps} selected={selected} onSelect={setSelected} />
      <MetricsCard runs={runs} steps={comparison.steps} selected={selected} />
      <CourseCard runs={runs} steps={comparison.steps} selected={selected} />
    </div>
  );
}
