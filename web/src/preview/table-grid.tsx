import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { type OutputAddress, profileQuery } from '../api/step-runs.ts';
import { announce } from '../ui/feedback/live-region.tsx';
import { showToast } from '../ui/feedback/toast.tsx';
import { countOf } from '../ui/format/number.ts';
import { type CellPlace, type CellRange, cornersOf, isInRange, moveRange, oneCell, type TableSize, toClipboardText } from './cell-range.ts';
import { ColumnHead } from './column-head.tsx';
import { formatCell } from './format-cell.ts';
import { reachableRows, rowHeight } from './reachable-rows.ts';
import type { CellValue, ShownColumn, TableRows } from './table-facts.ts';
import { fetchRows, mostCopiedRows, useTableRows } from './use-table-rows.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './preview.module.css';

interface TableGridProps {
  readonly first: TableRows;
  readonly output: OutputAddress;
  readonly shown: readonly ShownColumn[];
  readonly control: TableControl;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

const indexWidth = 56;

/** Rows and columns are drawn only where they are in sight, so that a million rows scroll like ten. */
export function TableGrid({ first, output, shown, control, onRange }: TableGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const count = reachableRows(first.matchCount);
  // oxlint-disable-next-line react/incompatible-library -- it reads the scroll position while drawing, and says so
  const rows = useVirtualizer({ count, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 8 });
  const columns = useVirtualizer({
    horizontal: true,
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => widthOf(shown[index]),
    overscan: 3,
    paddingStart: indexWidth,
  });
  const rowItems = rows.getVirtualItems();
  const columnItems = columns.getVirtualItems();
  const rowAt = useTableRows({ first, output, view: control.view, from: rowItems[0]?.index ?? 0, to: rowItems.at(-1)?.index ?? 0 });
  const [firstSeen, lastSeen] = [rows.range?.startIndex ?? 0, rows.range?.endIndex ?? 0];
  useEffect(() => onRange({ from: firstSeen, to: lastSeen }), [onRange, firstSeen, lastSeen]);
  // Other rows begin at their top; the columns stay where they are.
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [control.view]);
  const copy = useCopyCells({ first, output, shown, control });
  const marking = useMarkedCells({ box, size: { rows: count, columns: shown.length, page: Math.max(1, lastSeen - firstSeen) }, copy, show: scrollTo });
  function scrollTo({ row, column }: CellPlace): void {
    rows.scrollToIndex(row);
    columns.scrollToIndex(column);
  }
  const drawn: readonly DrawnColumn[] = columnItems.flatMap(({ index, size }) => {
    const item = shown[index];
    return item ? [{ item, index, width: size }] : [];
  });
  const before = (columnItems[0]?.start ?? indexWidth) - indexWidth;
  const width = columns.getTotalSize();
  const { range } = marking;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a grid is walked by keys, and its cells are marked by dragging
    <div
      ref={box}
      className={classes.grid}
      role="grid"
      aria-label="Rows"
      aria-rowcount={first.matchCount + 1}
      aria-colcount={shown.length + 1}
      aria-multiselectable
      aria-activedescendant={range ? cellId(id, range.head) : undefined}
      tabIndex={0}
      {...marking.handlers}
    >
      <div className={classes.gridHead} role="row" aria-rowindex={1} style={{ width }}>
        <span className={classes.indexHead} role="columnheader">
          <span className="pw-hidden">Row</span>
        </span>
        <span style={{ width: before, flex: 'none' }} aria-hidden />
        {drawn.map(({ item, index, width: size }) => {
          const whole = { anchor: { row: 0, column: index }, head: { row: first.matchCount - 1, column: index } };
          return (
            <ColumnHead key={item.column.name} item={item} rowCount={first.rowCount} width={size} control={control} onCopy={() => void copy(whole, true)} />
          );
        })}
      </div>
      <div className={classes.gridRows} style={{ height: rows.getTotalSize(), width }} role="presentation">
        {rowItems.map(({ index, start }) => (
          <GridRow
            key={index}
            grid={id}
            index={index}
            start={start}
            before={before}
            drawn={drawn}
            values={rowAt(index)}
            chosen={control.chosen}
            range={range}
          />
        ))}
      </div>
    </div>
  );
}

interface DrawnColumn {
  readonly item: ShownColumn;
  readonly index: number;
  readonly width: number;
}

interface GridRowProps {
  readonly grid: string;
  readonly index: number;
  readonly start: number;
  /** How wide the columns are that are out of sight on the left. */
  readonly before: number;
  readonly drawn: readonly DrawnColumn[];
  /** Undefined until its page has come. */
  readonly values: TableRows['rows'][number] | undefined;
  readonly chosen: string | null;
  readonly range: CellRange | null;
}

function GridRow({ grid, index, start, before, drawn, values, chosen, range }: GridRowProps) {
  return (
    <div className={classes.gridRow} role="row" aria-rowindex={index + 2} style={{ transform: `translateY(${start}px)` }}>
      <span className={`${classes.cell} ${classes.index}`} role="rowheader">
        {index}
      </span>
      <span style={{ width: before, flex: 'none' }} aria-hidden />
      {drawn.map(({ item, index: column, width }) => {
        const place = { row: index, column };
        return (
          <Cell
            key={item.column.name}
            id={cellId(grid, place)}
            place={place}
            item={item}
            value={values?.[item.index]}
            width={width}
            isChosen={item.column.name === chosen}
            isMarked={isInRange(range, place)}
          />
        );
      })}
    </div>
  );
}

interface Marking {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly size: TableSize;
  readonly copy: (range: CellRange) => Promise<void>;
  readonly show: (place: CellPlace) => void;
}

/** Cells that are marked by the keys and by dragging, and copied. */
function useMarkedCells({ box, size, copy, show }: Marking) {
  const [range, setRange] = useState<CellRange | null>(null);
  const handlers = {
    onKeyDown: (event: KeyboardEvent): void => {
      if (event.target !== box.current) return;
      const isControl = event.ctrlKey || event.metaKey;
      if (isControl && event.key.toLowerCase() === 'c' && range) {
        event.preventDefault();
        void copy(range);
        return;
      }
      const next = moveRange(range, { key: event.key, isShift: event.shiftKey, isControl }, size);
      if (!next) return;
      event.preventDefault();
      setRange(next);
      show(next.head);
    },
    onPointerDown: (event: PointerEvent): void => {
      const place = placeUnder(event.target);
      if (!place || event.button !== 0) return;
      setRange((before) => (event.shiftKey && before ? { ...before, head: place } : oneCell(place)));
    },
    onPointerMove: (event: PointerEvent): void => {
      const place = event.buttons === 1 ? placeUnder(event.target) : null;
      if (place) setRange((before) => before && { ...before, head: place });
    },
  };
  return { range, handlers };
}

const cellId = (grid: string, { row, column }: CellPlace): string => `${grid}-${row}-${column}`;

function placeUnder(target: EventTarget): CellPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined;
  const [row, column] = cell?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}

/** Copies cells as spreadsheets take them, also those that were never in sight. */
function useCopyCells({ first, output, shown, control }: Omit<TableGridProps, 'onRange'>): (range: CellRange, withHead?: boolean) => Promise<void> {
  const client = useQueryClient();
  return async (range, withHead = false) => {
    const { from, to } = cornersOf(range);
    const columns = shown.slice(from.column, to.column + 1);
    try {
      // All rows of a table that was not counted yet are as many as there are.
      const isToTheEnd = first.isEstimate && to.row === first.matchCount - 1;
      const last = isToTheEnd ? (await client.ensureQueryData(profileQuery(output, control.view.columnsLike))).rowCount - 1 : to.row;
      const rows = await fetchRows(client, { output, view: control.view, from: from.row, to: last });
      const cells = rows.map((row) => columns.map(({ index }) => row[index] ?? null));
      const head = withHead ? [columns.map(({ column }) => column.name)] : [];
      await navigator.clipboard.writeText(toClipboardText([...head, ...cells]));
      const count = countOf(cells.length * columns.length, 'cell');
      const isCut = last - from.row + 1 > mostCopiedRows;
      if (isCut) showToast({ text: `Copied ${count}: no more than ${countOf(mostCopiedRows, 'row')} at once. Download the file for all of them.` });
      else if (withHead || cells.length > 1) showToast({ text: `Copied ${count}` });
      else announce(`Copied ${count}`);
    } catch (error) {
      showToast({ text: `The cells could not be copied: ${error instanceof Error ? error.message : String(error)}` });
    }
  };
}

interface CellProps {
  readonly id: string;
  readonly place: CellPlace;
  readonly item: ShownColumn;
  /** Undefined until its page has come. */
  readonly value: CellValue | undefined;
  readonly width: number;
  readonly isChosen: boolean;
  readonly isMarked: boolean;
}

function Cell({ id, place, item: { column, profile }, value, width, isChosen, isMarked }: CellProps) {
  const text = value === undefined ? '' : formatCell(column, value, profile);
  return (
    <span
      id={id}
      className={classes.cell}
      role="gridcell"
      aria-selected={isMarked}
      aria-colindex={place.column + 2}
      style={{ width }}
      title={text.length > 18 ? text : undefined}
      data-cell={`${place.row} ${place.column}`}
      data-number={column.kind === 'number' || undefined}
      data-missing={value === null || undefined}
      data-chosen={isChosen || undefined}
      data-marked={isMarked || undefined}
    >
      {text}
    </span>
  );
}

function widthOf(item: ShownColumn | undefined): number {
  const byName = (item?.column.name.length ?? 0) * 7 + 58;
  return Math.min(240, Math.max(item?.column.kind === 'number' ? 96 : 110, byName));
}
