import type { Trial, Trials } from '@pipewright/shared/http/trials.ts';
import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { IconAdjustmentsSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { type StepAddress, trialsQuery } from '../../api/step-runs.ts';
import { itemNumber, itemTitle } from '../../canvas/item-noun.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeletons.tsx';
import { formatDuration } from '../../ui/format/duration.ts';
import { countOf, formatValue } from '../../ui/format/number.ts';
import { StatusIcon } from '../../ui/status/status-icon.tsx';
import { statusWord } from '../../ui/status/status-looks.ts';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { stepHref } from '../step-href.ts';
import { useGrowingQuery } from '../use-growing-query.ts';
import { bestFirst } from './best-first.ts';
import { ParallelCoordinates } from './parallel-coordinates.tsx';
import { TrialCurves } from './trial-curves.tsx';
import classes from './trials.module.css';

interface TrialsTabProps {
  readonly address: StepAddress;
  readonly stepRun: StepRun;
}

const askEveryMs = 1500;

/** What a sweep has tried: how the metric went in each trial, a line for each through its values, and a table, the best first. */
export function TrialsTab({ address, stepRun }: TrialsTabProps) {
  const isOver = isStepEnded(stepRun.status);
  const query = useGrowingQuery(trialsQuery(address), { isOver, askEveryMs });
  if (query.isError && !query.data)
    return <ErrorState title="The trials could not be read" message={messageOf(query.error)} onRetry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows count={4} />;
  if (query.data.items.length === 0) {
    return <EmptyState icon={IconAdjustmentsSearch} title="No trials yet" hint="They are listed as soon as it is known what is tried." />;
  }
  return <TrialList run={address.run} trials={query.data} />;
}

function TrialList({ run, trials }: { readonly run: string; readonly trials: Trials }) {
  const [marked, setMarked] = useState<string | null>(null);
  const rows = useMemo(() => bestFirst(trials), [trials]);
  const columns = useMemo(() => columnsOf(trials), [trials]);
  const ended = trials.items.filter(({ status }) => status !== null && isStepEnded(status)).length;
  return (
    <div className={classes.scroll}>
      <p className={classes.summary}>
        {ended === trials.items.length ? countOf(trials.items.length, 'trial') : `${ended} of ${countOf(trials.items.length, 'trial')} ended`} · {trials.metric}
        , {trials.goal === 'maximize' ? 'higher is better' : 'lower is better'}
      </p>
      <TrialCurves run={run} trials={trials} marked={marked} onMark={setMarked} />
      <ParallelCoordinates trials={trials} marked={marked} onMark={setMarked} />
      <div
        className={classes.table}
        onPointerOver={(event) => setMarked(rowAt(event.target))}
        onPointerLeave={() => setMarked(null)}
        onFocus={(event) => setMarked(rowAt(event.target))}
        onBlur={() => setMarked(null)}
      >
        <div style={{ minWidth: columns.reduce((sum, { width }) => sum + width, 0) }}>
          <DataTable
            label="Trials"
            columns={columns}
            rows={rows}
            rowKey={(trial) => trial.key}
            rowHref={(trial) => stepHref({ run, step: trial.key, tab: 'logs' })}
            rowName={({ key }) => itemTitle('trial', key)}
            markedRow={marked}
          />
        </div>
      </div>
    </div>
  );
}

/** The trial in whose row something happens. */
const rowAt = (target: EventTarget): string | null => (target instanceof Element ? (target.closest('[data-row]')?.getAttribute('data-row') ?? null) : null);

/** Pixels: the table is as wide as its numbers and their names need, and scrolls beside the graph. */
const [trialWidth, timeWidth] = [104, 72] as const;
const valueWidth = (name: string): number => Math.min(200, Math.max(84, 24 + name.length * 7));

type SizedColumn = Column<Trial> & { readonly width: number };

function columnsOf({ metric, parameters, best }: Trials): SizedColumn[] {
  return [
    {
      key: 'trial',
      head: 'Trial',
      width: trialWidth,
      render: (trial) => (
        <span className="pw-row" title={trial.why ?? undefined}>
          {trial.status === null ? <span className={classes.open} aria-hidden /> : <StatusIcon status={trial.status} />}
          <span className="pw-num">{itemNumber(trial.key)}</span>
          <span className="pw-hidden">{trial.status === null ? 'not begun' : statusWord(trial.status)}</span>
          {trial.key === best && <span className={classes.best}>best</span>}
        </span>
      ),
    },
    { key: 'result', head: metric, isNumber: true, width: valueWidth(metric), render: ({ result }) => (result === null ? '–' : formatValue(result)) },
    ...parameters.map((name): SizedColumn => ({
      key: `value ${name}`,
      head: name,
      isNumber: true,
      width: valueWidth(name),
      render: ({ values }) => {
        const value = values[name];
        return typeof value === 'number' ? formatValue(value) : String(value ?? '–');
      },
    })),
    { key: 'time', head: 'Time', isNumber: true, width: timeWidth, render: ({ durationMs }) => (durationMs === null ? '–' : formatDuration(durationMs)) },
  ];
}
