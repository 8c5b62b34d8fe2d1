import type { RunStatus } from '@pipewright/shared/run/status.ts';
import { Duration } from '../../../ui/format/elapsed.tsx';
import { RelativeTime } from '../../../ui/format/relative-time.tsx';
import { StatusWord } from '../../../ui/status/status-word.tsx';
import type { Column } from '../../../ui/table/data-table.tsx';
import { Truncate } from '../../../ui/text/truncate.tsx';

/** Columns of runs, whoever has made them: a pipeline, a notebook, a script. */
interface AnyRun {
  readonly status: RunStatus;
  readonly name: string;
  readonly endedAt: string | null;
}

export const status: Column<AnyRun> = { key: 'status', head: 'Status', width: 118, render: (run) => <StatusWord status={run.status} /> };

export const nameUnder = (head: string): Column<AnyRun> => ({ key: 'name', head, render: (run) => <Truncate>{run.name}</Truncate> });

export const experimentOf = <Run,>(nameOf: (run: Run) => string): Column<Run> => ({
  key: 'experiment',
  head: 'Experiment',
  width: 150,
  render: (run) => <Truncate className="pw-t2">{nameOf(run)}</Truncate>,
});

export const byWhom = <Run,>(userOf: (run: Run) => string): Column<Run> => ({
  key: 'by',
  head: 'By',
  width: 110,
  isMinor: true,
  render: (run) => <Truncate className="pw-t2">{userOf(run)}</Truncate>,
});

/** How long it took or takes, and since when. */
export const timesFrom = <Run extends AnyRun>(startOf: (run: Run) => string): readonly Column<Run>[] => [
  { key: 'time', head: 'Time', width: 108, isNumber: true, render: (run) => <Duration from={startOf(run)} to={run.endedAt} /> },
  {
    key: 'started',
    head: 'Started',
    width: 78,
    isNumber: true,
    render: (run) => (
      <span className="pw-t2">
        <RelativeTime at={startOf(run)} form="moment" />
      </span>
    ),
  },
];
