import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { StatusBar, totalSteps } from '../../../ui/status/status-bar.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';

const status: Column<RunSummary> = { key: 'status', head: 'Status', width: 118, render: (run) => <StatusWord status={run.status} /> };
const number: Column<RunSummary> = {
  key: 'run',
  head: 'Run',
  width: 58,
  render: (run) => <strong className="pw-num pw-semi">{run.id}</strong>,
};
const name: Column<RunSummary> = { key: 'name', head: 'Pipeline', render: (run) => <Truncate>{run.name}</Truncate> };
const steps: Column<RunSummary> = { key: 'steps', head: 'Steps', width: 132, render: (run) => <StatusBar counts={run.counts} /> };
const reused: Column<RunSummary> = {
  key: 'reused',
  label: 'Reused',
  width: 108,
  isMinor: true,
  render: (run) => (
    <span className="pw-num pw-t2">
      {run.counts.reused ?? 0} of {totalSteps(run.counts)} reused
    </span>
  ),
};
const time: Column<RunSummary> = {
  key: 'time',
  head: 'Time',
  width: 108,
  isNumber: true,
  render: (run) => <Duration from={run.queuedAt} to={run.endedAt} />,
};
const started: Column<RunSummary> = {
  key: 'started',
  head: 'Started',
  width: 78,
  isNumber: true,
  render: (run) => (
    <span className="pw-t2">
      <RelativeTime at={run.queuedAt} form="moment" />
    </span>
  ),
};
const experiment: Column<RunSummary> = {
  key: 'experiment',
  head: 'Experiment',
  width: 150,
  isMinor: true,
  render: (run) => <Truncate className="pw-t2">{run.experiment}</Truncate>,
};
const by: Column<RunSummary> = { key: 'by', head: 'By', width: 110, isMinor: true, render: (run) => <Truncate className="pw-t2">{run.by}</Truncate> };

/** Home's columns. */
export const recentRunColumns: readonly Column<RunSummary>[] = [status, number, name, steps, reused, time, started];
/** The runs page's. */
export const runColumns: readonly Column<RunSummary>[] = [status, number, name, experiment, by, steps, reused, time, started];

export const runHref = (run: RunSummary): string => `/runs/${run.id}`;
export const runName = (run: RunSummary): string => `Run ${run.id}, ${run.name}`;
