import { assertNever } from '@pipewright/shared/assert-never.ts';
import { Tabs, TextInput, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconColumns3, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { type OutputAddress, previewQuery, profileQuery } from '../api/step-runs.ts';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { ErrorState } from '../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../ui/feedback/skeletons.tsx';
import { countOf, formatCount } from '../ui/format/number.ts';
import { ChooseColumns } from './choose-columns.tsx';
import { ColumnStats } from './column-stats.tsx';
import { ColumnsTab } from './columns-tab.tsx';
import { FilterChips } from './filter-chips.tsx';
import { reachableRows } from './reachable-rows.ts';
import type { ColumnFacts, ColumnProfile, ShownColumn, TableRows } from './table-facts.ts';
import { TableGrid } from './table-grid.tsx';
import { useRestedText } from './use-rested-text.ts';
import { type TableControl, type TableTab, useTableView } from './use-table-view.ts';
import classes from './preview.module.css';
import toolClasses from './table-tools.module.css';

const ChartTab = lazy(async () => ({ default: (await import('./chart-tab.tsx')).ChartTab }));

interface TablePreviewProps {
  /** The first page as it stands. */
  readonly whole: TableRows;
  readonly output: OutputAddress;
  readonly form: 'full' | 'inline';
}

const isTab = (value: string | null): value is TableTab => value === 'table' || value === 'columns' || value === 'chart';

/** A table: every column with its shape, every row on demand, one column in depth, a chart. */
export function TablePreview({ whole, output, form }: TablePreviewProps) {
  const control = useTableView();
  const { view, chosen, hidden } = control;
  const [nameLike, setNameLike] = useState('');
  // The columns of a wide table are asked of the server.
  const [wideNameLike, nameWide] = useRestedText(view.columnsLike ?? '', control.nameColumns);
  const [range, setRange] = useState({ from: 0, to: 0 });
  const isWide = whole.columnCount > whole.columns.length;
  const rows = useQuery(previewQuery(output, 0, view));
  const profile = useQuery(profileQuery(output, view.columnsLike));
  const read = rows.data?.kind === 'table' ? rows.data : whole;
  useRealCount({ isEstimate: read.isEstimate, isRead: profile.isSuccess, readAgain: rows.refetch });
  const first = profile.data ? counted(read, profile.data.rowCount) : read;
  const refusal = rows.data?.kind === 'unavailable' ? rows.data.message : rows.isError ? messageOf(rows.error) : null;
  const named = columnsNamed(first.columns, { profiled: profile.data?.columns ?? [], nameLike: isWide ? '' : nameLike });
  const shown = named.filter(({ column }) => !hidden.has(column.name));
  const chosenItem = named.find(({ column }) => column.name === chosen);
  if (whole.columnCount === 0) return <EmptyState icon={IconColumns3} title="No columns" hint="The table has no columns." />;
  const grid = <TableGrid first={first} output={output} shown={shown} control={control} onRange={setRange} />;
  if (form === 'inline') return <div className={classes.inline}>{grid}</div>;
  const rowCount = profile.data?.rowCount ?? first.rowCount;
  return (
    <div className={classes.table} data-table-preview aria-busy={rows.isPlaceholderData || undefined}>
      <div className={classes.tableMain}>
        <TableTools control={control} nameLike={isWide ? wideNameLike : nameLike} onNameLike={isWide ? nameWide : setNameLike} />
        <FilterChips control={control} />
        {first.remark !== null && <Remark text={first.remark} />}
        {refusal === null ? (
          <TabBody control={control} grid={grid} first={first} columnsTab={<ColumnsTab shown={shown} rowCount={rowCount} control={control} />}>
            <ChartTab columns={named} output={output} control={control} />
          </TabBody>
        ) : (
          <ErrorState title="These rows cannot be shown" message={refusal} onRetry={() => void rows.refetch()} />
        )}
        <footer className={classes.foot}>
          <RowCount first={first} range={range} />
          <span className="pw-num">
            {formatCount(shown.length)} of {countOf(whole.columnCount, 'column')} shown
            {isWide && view.columnsLike === undefined && ': find the others by their name'}
          </span>
          <ChooseColumns columns={first.columns} control={control} />
          <span className="pw-grow" />
          <ProfileState
            isPending={profile.isPending}
            error={profile.isError ? messageOf(profile.error) : null}
            sampledRows={profile.data?.sampledRows ?? null}
          />
        </footer>
      </div>
      {chosenItem && control.tab !== 'chart' && (
        <ColumnStats column={chosenItem.column} profile={chosenItem.profile} rowCount={rowCount} output={output} control={control} />
      )}
    </div>
  );
}

const counted = (rows: TableRows, rowCount: number): TableRows => (rows.isEstimate ? { ...rows, rowCount, matchCount: rowCount, isEstimate: false } : rows);

interface Counting {
  readonly isEstimate: boolean;
  /** The whole table has been read meanwhile. */
  readonly isRead: boolean;
  readonly readAgain: () => unknown;
}

/** Of a long text the first rows come before it is read to its end; what was only estimated is asked again then. */
function useRealCount({ isEstimate, isRead, readAgain }: Counting): void {
  useEffect(() => {
    if (isEstimate && isRead) readAgain();
  }, [isEstimate, isRead, readAgain]);
}

interface Naming {
  readonly profiled: readonly ColumnProfile[];
  /** A part of the names that are wanted. */
  readonly nameLike: string;
}

function columnsNamed(columns: readonly ColumnFacts[], { profiled, nameLike }: Naming): readonly ShownColumn[] {
  const profiles = new Map(profiled.map((column) => [column.name, column]));
  const wanted = nameLike.trim().toLowerCase();
  return columns.flatMap((column, index) => (column.name.toLowerCase().includes(wanted) ? [{ column, profile: profiles.get(column.name), index }] : []));
}

interface TableToolsProps {
  readonly control: TableControl;
  readonly nameLike: string;
  readonly onNameLike: (text: string) => void;
}

function TableTools({ control, nameLike, onNameLike }: TableToolsProps) {
  return (
    <div className={classes.tableTools}>
      <Tabs value={control.tab} onChange={(value) => isTab(value) && control.setTab(value)}>
        <Tabs.List aria-label="What is shown of the table">
          <Tabs.Tab value="table">Table</Tabs.Tab>
          <Tabs.Tab value="columns">Columns</Tabs.Tab>
          <Tabs.Tab value="chart">Chart</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <span className="pw-grow" />
      <SearchRows control={control} />
      <ToolField label="Filter columns" value={nameLike} onChange={onNameLike} />
    </div>
  );
}

function Remark({ text }: { readonly text: string }) {
  return (
    <p className={toolClasses.remark}>
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
      {text}.
    </p>
  );
}

interface TabBodyProps {
  readonly control: TableControl;
  readonly first: TableRows;
  readonly grid: ReactNode;
  readonly columnsTab: ReactNode;
  /** The chart, which loads when it is first looked at. */
  readonly children: ReactNode;
}

function TabBody({ control, first, grid, columnsTab, children }: TabBodyProps) {
  switch (control.tab) {
    case 'table':
      return first.matchCount === 0 && first.rowCount > 0 ? <NothingFound control={control} /> : grid;
    case 'columns':
      return columnsTab;
    case 'chart':
      return <Suspense fallback={<SkeletonRows count={6} height={27} />}>{children}</Suspense>;
    default:
      return assertNever(control.tab);
  }
}

function RowCount({
  first: { matchCount, rowCount, isEstimate },
  range,
}: {
  readonly first: TableRows;
  readonly range: { readonly from: number; readonly to: number };
}) {
  const reachable = reachableRows(matchCount);
  return (
    <span className="pw-num">
      {matchCount === 0 ? 'No rows' : `Rows ${formatCount(range.from)}–${formatCount(range.to)} of ${isEstimate ? 'about ' : ''}${formatCount(matchCount)}`}
      {matchCount < rowCount && ` that fit, of ${formatCount(rowCount)}`}
      {reachable < matchCount && `; the scroll bar reaches ${formatCount(reachable)}, sort or filter for the others`}
    </span>
  );
}

/** Looks through all columns once the fingers rest. */
function SearchRows({ control }: { readonly control: TableControl }) {
  const [text, type] = useRestedText(control.view.search ?? '', control.search);
  return <ToolField label="Search all columns" value={text} onChange={type} />;
}

function ToolField({ label, value, onChange }: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void }) {
  return (
    <TextInput
      size="xs"
      className={toolClasses.field}
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || value === '') return;
        event.stopPropagation();
        onChange('');
      }}
    />
  );
}

function NothingFound({ control }: { readonly control: TableControl }) {
  return (
    <div className={toolClasses.nothing}>
      <p>No row fits all of this.</p>
      <button type="button" className={`pw-link ${toolClasses.link}`} onClick={control.dropFilters}>
        Show all rows
      </button>
    </div>
  );
}

function ProfileState({ isPending, error, sampledRows }: { readonly isPending: boolean; readonly error: string | null; readonly sampledRows: number | null }) {
  if (error !== null) {
    return (
      <Tooltip label={error} multiline maw={360}>
        <span>No statistics</span>
      </Tooltip>
    );
  }
  if (isPending) return <span>Working out the statistics…</span>;
  return <span>{sampledRows === null ? 'Statistics over all rows' : `Statistics over a sample of ${formatCount(sampledRows)} rows`}</span>;
}
