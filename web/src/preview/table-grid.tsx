import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { OutputAddress } from '../api/step-runs.ts';
import { ColumnHead } from './column-head.tsx';
import { formatCell } from './format-cell.ts';
import type { ColumnFacts, TableFacts } from './table-facts.ts';
import { useTableRows } from './use-table-rows.ts';
import classes from './preview.module.css';

interface ShownColumn {
  readonly column: ColumnFacts;
  /** Its place in a row. */
  readonly index: number;
}

interface TableGridProps {
  readonly first: TableFacts;
  readonly output: OutputAddress;
  readonly shown: readonly ShownColumn[];
  readonly chosen: string | null;
  readonly onChoose: (column: string) => void;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

const rowHeight = 27;
const indexWidth = 56;

/** Rows and columns are drawn only where they are in sight, so that a million rows scroll like ten. */
export function TableGrid({ first, output, shown, chosen, onChoose, onRange }: TableGridProps) {
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- it reads the scroll position while drawing, and says so
  const rows = useVirtualizer({ count: first.rowCount, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 8 });
  const columns = useVirtualizer({
    horizontal: true,
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => widthOf(shown[index]?.column),
    overscan: 3,
    paddingStart: indexWidth,
  });
  const rowItems = rows.getVirtualItems();
  const columnItems = columns.getVirtualItems();
  const [from, to] = [rowItems[0]?.index ?? 0, rowItems.at(-1)?.index ?? 0];
  const rowAt = useTableRows({ first, output, from, to });
  const range = rows.range;
  const [firstSeen, lastSeen] = [range?.startIndex ?? 0, range?.endIndex ?? 0];
  useEffect(() => onRange({ from: firstSeen, to: lastSeen }), [onRange, firstSeen, lastSeen]);

  const before = (columnItems[0]?.start ?? indexWidth) - indexWidth;
  const width = columns.getTotalSize();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div ref={box} className={classes.grid} role="table" aria-label="Rows" aria-rowcount={first.rowCount} aria-colcount={first.columns.length} tabIndex={0}>
      <div className={classes.gridHead} role="row" style={{ width }}>
        <span className={classes.indexHead} role="columnheader">
          <span className="pw-hidden">Row</span>
        </span>
        <span style={{ width: before, flex: 'none' }} aria-hidden />
        {columnItems.map(({ index, size }) => {
          const item = shown[index];
          if (!item) return null;
          return (
            <ColumnHead
              key={item.column.name}
              column={item.column}
              rowCount={first.rowCount}
              width={size}
              isChosen={item.column.name === chosen}
              onChoose={() => onChoose(item.column.name)}
            />
          );
        })}
      </div>
      <div className={classes.gridRows} style={{ height: rows.getTotalSize(), width }}>
        {rowItems.map((row) => (
          <div key={row.index} className={classes.gridRow} role="row" aria-rowindex={row.index + 1} style={{ transform: `translateY(${row.start}px)` }}>
            <span className={`${classes.cell} ${classes.index}`} role="rowheader">
              {row.index}
            </span>
            <span style={{ width: before, flex: 'none' }} aria-hidden />
            {columnItems.map(({ index, size }) => {
              const item = shown[index];
              if (!item) return null;
              return <Cell key={item.column.name} item={item} value={rowAt(row.index)?.[item.index]} width={size} isChosen={item.column.name === chosen} />;
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

interface CellProps {
  readonly item: ShownColumn;
  /** Undefined until its page has come. */
  readonly value: string | number | boolean | null | undefined;
  readonly width: number;
  readonly isChosen: boolean;
}

function Cell({ item, value, width, isChosen }: CellProps) {
  const text = value === undefined ? '' : formatCell(item.column, value);
  return (
    <span
      className={classes.cell}
      role="cell"
      style={{ width }}
      title={text.length > 18 ? text : undefined}
      data-number={item.column.kind === 'number' || undefined}
      data-missing={value === null || undefined}
      data-chosen={isChosen || undefined}
    >
      {text}
    </span>
  );
}

function widthOf(column: ColumnFacts | undefined): number {
  const byName = (column?.name.length ?? 0) * 7 + 42;
  return Math.min(240, Math.max(column?.kind === 'number' ? 96 : 110, byName));
}
