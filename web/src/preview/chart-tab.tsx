import type { TableChartData } from '@pipewright/shared/http/table-view.ts';
import { SegmentedControl, Select, Switch } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconChartBarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { chartQuery, type OutputAddress } from '../api/step-runs.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeletons.tsx';
import { countOf, formatCount } from '../ui/format/number.ts';
import { chartPlot } from './chart-plot.ts';
import { type ChartChoice, chartOf, chartTitle, type ChartType, columnsFor, hasColours, hasMeasure, isMeasure, measures } from './chart-settings.ts';
import { PlotPreview } from './plot-preview.tsx';
import type { ShownColumn } from './table-facts.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './chart.module.css';

interface ChartTabProps {
  readonly columns: readonly ShownColumn[];
  readonly output: OutputAddress;
  readonly control: TableControl;
}

const types = [
  { value: 'histogram', label: 'Histogram' },
  { value: 'bar', label: 'Bar' },
  { value: 'line', label: 'Line' },
  { value: 'scatter', label: 'Scatter' },
  { value: 'box', label: 'Box' },
] as const satisfies readonly { readonly value: ChartType; readonly label: string }[];

/** Under the chart: its title and what else stands in the pane. */
const aroundChart = 72;

/** A chart of the rows that the filters leave, worked out where the table is. */
export function ChartTab({ columns: shown, output, control }: ChartTabProps) {
  const columns = useMemo(() => shown.map(({ column }) => column), [shown]);
  const [choice, setChoice] = useState<ChartChoice>({});
  const [hasTrend, setHasTrend] = useState(true);
  const [isLog, setIsLog] = useState(false);
  const { ref, height } = useElementSize<HTMLDivElement>();
  const chart = chartOf(choice, columns, control.chosen);
  const query = useQuery({ ...chartQuery(output, chart ?? { type: 'bar', measure: 'count', bins: 30 }, control.view), enabled: chart !== null });
  const spec = useMemo(
    () =>
      chart && query.data
        ? chartPlot({ chart, data: query.data, columns, look: { hasTrend, isLog, height: Math.max(140, Math.round(height) - aroundChart) } })
        : null,
    // The chart is made anew with every drawing; its text says when it is another.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [JSON.stringify(chart), query.data, columns, hasTrend, isLog, Math.round(height)],
  );
  const type = chart?.type ?? choice.type ?? 'histogram';
  const choose = (change: ChartChoice): void => setChoice((before) => ({ ...before, ...change }));
  return (
    <div className={classes.chart}>
      <form className={classes.settings} aria-label="Chart" onSubmit={(event) => event.preventDefault()}>
        <SegmentedControl<ChartType> fullWidth aria-label="Type of chart" data={[...types]} value={type} onChange={(value) => choose({ type: value })} />
        <ColumnSelect label={type === 'box' ? 'Side by side' : 'X'} names={columnsFor(type, 'x', columns)} value={chart?.x} onChange={(x) => choose({ x })} />
        {hasMeasure(type) && (
          <Select
            size="xs"
            label="Height"
            data={measures}
            value={chart?.measure ?? 'count'}
            onChange={(value) => value !== null && isMeasure(value) && choose({ measure: value })}
          />
        )}
        {(type === 'scatter' || type === 'box' || (hasMeasure(type) && chart?.measure !== 'count')) && (
          <ColumnSelect label={hasMeasure(type) ? 'of' : 'Y'} names={columnsFor(type, 'y', columns)} value={chart?.y} onChange={(y) => choose({ y })} />
        )}
        {hasColours(type) && (
          <Select
            size="xs"
            label={type === 'scatter' ? 'Colour and shape' : 'Colour'}
            placeholder="none"
            clearable
            searchable
            data={columnsFor(type, 'by', columns).map(({ name }) => name)}
            value={chart?.by ?? null}
            onChange={(by) => choose({ by })}
          />
        )}
        {type === 'scatter' && <Switch label="Trend line" checked={hasTrend} onChange={(event) => setHasTrend(event.currentTarget.checked)} />}
        <Switch label="Log scale on Y" checked={isLog} onChange={(event) => setIsLog(event.currentTarget.checked)} />
        {query.data && chart && <Drawn data={query.data} />}
      </form>
      <div className={classes.pane} ref={ref}>
        {chart && (
          <header className={classes.title}>
            <h3>{chartTitle(chart)}</h3>
            {type === 'scatter' && hasTrend && query.data?.trend && (
              <span className="pw-sm pw-muted pw-num">R² of the trend {query.data.trend.r2.toFixed(2)}</span>
            )}
          </header>
        )}
        <ChartBody
          hasChart={chart !== null}
          error={query.isError ? messageOf(query.error) : null}
          isEmpty={query.data?.points.length === 0}
          spec={spec}
          title={chart ? chartTitle(chart) : ''}
        />
      </div>
    </div>
  );
}

interface ChartBodyProps {
  readonly hasChart: boolean;
  readonly error: string | null;
  readonly isEmpty: boolean;
  readonly spec: unknown;
  readonly title: string;
}

function ChartBody({ hasChart, error, isEmpty, spec, title }: ChartBodyProps) {
  if (!hasChart) return <EmptyState icon={IconChartBarOff} title="Nothing to draw" hint="No column fits this chart. Another type may do." />;
  if (error !== null) return <ErrorState title="The chart cannot be drawn" message={error} />;
  if (isEmpty) return <EmptyState icon={IconChartBarOff} title="Nothing to draw" hint="No row has all the values that this chart needs." />;
  return spec === null ? <SkeletonRows count={6} height={27} /> : <PlotPreview title={title} spec={spec} />;
}

function Drawn({ data: { drawnRows, rowCount, remark } }: { readonly data: TableChartData }) {
  const without = rowCount - drawnRows;
  return (
    <p className="pw-sm pw-muted pw-num">
      {formatCount(drawnRows)} of {countOf(rowCount, 'row')}
      {without > 0 && `; ${formatCount(without)} lack a value`}
      {remark !== null && `; ${remark}`}.
    </p>
  );
}

interface ColumnSelectProps {
  readonly label: string;
  readonly names: readonly { readonly name: string }[];
  readonly value: string | undefined;
  readonly onChange: (name: string) => void;
}

function ColumnSelect({ label, names, value, onChange }: ColumnSelectProps) {
  return (
    <Select
      size="xs"
      label={label}
      searchable
      data={names.map(({ name }) => name)}
      value={value ?? null}
      onChange={(name) => name !== null && onChange(name)}
    />
  );
}
