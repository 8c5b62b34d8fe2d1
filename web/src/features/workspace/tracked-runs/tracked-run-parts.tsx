import { useInfiniteQuery } from '@tanstack/react-query';
import { partsPaceOf, trackedRunsQuery, type TrackedRun } from '../../../api/tracked-runs.ts';
import { Heading } from '../../../ui/page/heading.tsx';
import { DataTable } from '../../../ui/table/data-table.tsx';
import { ShowOlder } from '../show-older.tsx';
import { partColumns, trackedRunName } from './tracked-run-columns.tsx';
import { trackedRunHref } from './tracked-run-href.ts';

/** The runs within a run: folds, trials, whatever was begun with `nested=True`. */
export function TrackedRunParts({ run }: { readonly run: TrackedRun }) {
  const found = trackedRunsQuery({ experiments: [run.experiment], parent: run.id });
  const query = useInfiniteQuery({ ...found, refetchInterval: ({ state }) => partsPaceOf(run, state.data) });
  const parts = query.data?.pages.flatMap((page) => page.runs) ?? [];
  if (parts.length === 0) return null;
  return (
    <section>
      <Heading title="Child runs" />
      <div className="pw-card">
        <DataTable label="Child runs" columns={partColumns(parts)} rows={parts} rowKey={({ id }) => id} rowHref={trackedRunHref} rowName={trackedRunName} />
      </div>
      <ShowOlder query={query} noun="child runs" />
    </section>
  );
}
