import type { TrackedRun } from '../../../api/tracked-runs.ts';
import { formatMetric } from '../../../ui/format/number.ts';
import type { Column } from '../../../ui/table/data-table.tsx';
import { byWhom, experimentOf, nameUnder, status, timesFrom } from '../runs/columns-of-any-run.tsx';

const name = nameUnder('Run');
const by = byWhom<TrackedRun>((run) => run.user);
const times = timesFrom<TrackedRun>((run) => run.startedAt);

/** As many metrics as a table has room for. */
const metricCount = 3;

/** A column for each of the metrics that most of the runs have. */
function metricColumns(runs: readonly TrackedRun[]): Column<TrackedRun>[] {
  const counts = new Map<string, number>();
  for (const metric of runs.flatMap((run) => [...run.metrics.keys()])) counts.set(metric, (counts.get(metric) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, metricCount)
    .map(([metric], index) => ({
      key: `metric ${metric}`,
      head: metric,
      width: 116,
      isNumber: true,
      isMinor: index === metricCount - 1,
      render: ({ metrics }) => <MetricCell value={metrics.get(metric)} />,
    }));
}

function MetricCell({ value }: { readonly value: number | null | undefined }) {
  if (value === undefined) return <span className="pw-muted">–</span>;
  return <span className="pw-num">{formatMetric(value)}</span>;
}

/** Of the list: experiments by their names. */
export function listColumns(runs: readonly TrackedRun[], experiments: ReadonlyMap<string, string>): readonly Column<TrackedRun>[] {
  const experiment = experimentOf<TrackedRun>((run) => experiments.get(run.experiment) ?? '');
  return [status, name, experiment, by, ...metricColumns(runs), ...times];
}

/** Of the parts of a run. */
export const partColumns = (runs: readonly TrackedRun[]): readonly Column<TrackedRun>[] => [status, name, ...metricColumns(runs), ...times];

export const trackedRunName = (run: TrackedRun): string => `Run ${run.name}`;
