import type { TrackedRun } from '../../../api/tracked-runs.ts';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { formatMetric } from '../../../ui/format/number.ts';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';

const status: Column<TrackedRun> = { key: 'status', head: 'Status', width: 118, render: (run) => <StatusWord status={run.status} /> };
const name: Column<TrackedRun> = { key: 'name', head: 'Run', render: (run) => <Truncate>{run.name}</Truncate> };
const by: Column<TrackedRun> = { key: 'by', head: 'By', width: 110, isMinor: true, render: (run) => <Truncate className="pw-t2">{run.user}</Truncate> };
const time: Column<TrackedRun> = {
  key: 'time',
  head: 'Time',
  width: 108,
  isNumber: true,
  render: (run) => <Duration from={run.startedAt} to={run.endedAt} />,
};
const started: Column<TrackedRun> = {
  key: 'started',
  head: 'Started',
  width: 78,
  isNumber: true,
  render: (run) => (
    <span className="pw-t2">
      <RelativeTime at={run.startedAt} form="moment" />
    </span>
  ),
};

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
  const experiment: Column<TrackedRun> = {
    key: 'experiment',
    head: 'Experiment',
    width: 150,
    render: (run) => <Truncate className="pw-t2">{experiments.get(run.experiment) ?? ''}</Truncate>,
  };
  return [status, name, experiment, by, ...metricColumns(runs), time, started];
}

/** Of the parts of a run. */
export const partColumns = (runs: readonly TrackedRun[]): readonly Column<TrackedRun>[] => [status, name, ...metricColumns(runs), time, started];

export const trackedRunName = (run: TrackedRun): string => `Run ${run.name}`;
