import type { RunSummary } from '@pipewright/shared/run/run.ts';
import { useMyName } from '../../../api/workspace.ts';
import { StatusBar, totalSteps } from '../../../ui/status/status-bar.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { TestChip } from '../../../ui/feedback/test-chip.tsx';
import { PartChip } from '../../../ui/feedback/part-chip.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';
import { experimentOf, status, timesFrom } from './columns-of-any-run.tsx';

const number: Column<RunSummary> = {
  key: 'run',
  head: 'Run',
  width: 58,
  render: (run) => <strong className="pw-num pw-semi">{run.id}</strong>,
};
const name: Column<RunSummary> = {
  key: 'name',
  head: 'Pipeline',
  render: (run) => (
    <span className="pw-row">
      <Truncate>{run.name}</Truncate>
      <PartChip part={run.part} />
      <TestChip origin={run.origin} />
    </span>
  ),
};
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
const times = timesFrom<RunSummary>((run) => run.queuedAt);
const experiment = { ...experimentOf<RunSummary>((run) => run.experiment), isMinor: true };
const by: Column<RunSummary> = { key: 'by', head: 'By', width: 110, isMinor: true, render: (run) => <By name={run.by} /> };

function By({ name: who }: { readonly name: string }) {
  const me = useMyName();
  return <Truncate className="pw-t2">{who === me ? 'you' : who}</Truncate>;
}

/** Home's columns. */
export const recentRunColumns: readonly Column<RunSummary>[] = [status, number, name, steps, reused, ...times];
/** The runs page's. */
export const runColumns: readonly Column<RunSummary>[] = [status, number, name, experiment, by, steps, reused, ...times];

export const runHref = (run: RunSummary): string => `/runs/${run.id}`;
export const runName = (run: RunSummary): string => `Run ${run.id}, ${run.name}`;
