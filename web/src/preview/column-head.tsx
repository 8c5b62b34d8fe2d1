import { IconCalendar, IconDots, IconHash, IconLetterCase, IconToggleLeft, type TablerIcon } from '@tabler/icons-react';
import { formatCell } from './format-cell.ts';
import { Histogram } from './histogram.tsx';
import type { ColumnFacts } from './table-facts.ts';
import classes from './preview.module.css';

interface ColumnHeadProps {
  readonly column: ColumnFacts;
  readonly rowCount: number;
  readonly width: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

export const kindIcons = {
  number: IconHash,
  text: IconLetterCase,
  boolean: IconToggleLeft,
  time: IconCalendar,
  other: IconDots,
} as const satisfies Record<ColumnFacts['kind'], TablerIcon>;

/** A column's name, its shape, its range, and how much of it is missing. */
export function ColumnHead({ column, rowCount, width, isChosen, onChoose }: ColumnHeadProps) {
  const Icon = kindIcons[column.kind];
  return (
    <span role="columnheader" style={{ flex: 'none' }}>
      <button type="button" className={classes.columnHead} style={{ width }} aria-pressed={isChosen} onClick={onChoose}>
        <span className={classes.columnName}>
          <Icon size={13} stroke={1.8} aria-hidden />
          <span className="pw-clip" title={column.name}>
            {column.name}
          </span>
        </span>
        <Histogram bins={column.histogram} className={classes.spark} />
        <span className={classes.range}>{describeRange(column, rowCount)}</span>
        <span className={classes.missingShare} data-some={column.missing > 0 || undefined}>
          {describeMissing(column.missing, rowCount)}
        </span>
      </button>
    </span>
  );
}

/** Numbers by their ends, the rest by their most frequent value. */
function describeRange(column: ColumnFacts, rowCount: number): string {
  const { kind, min, max, histogram } = column;
  if (kind === 'number' && min !== null && max !== null) return `${formatCell(column, min)} – ${formatCell(column, max)}`;
  if (kind === 'time') return `${String(min ?? '')} – ${String(max ?? '')}`;
  const [most] = histogram;
  return most && rowCount > 0 ? `${most.label} ${percent(most.count / rowCount)}` : '';
}

export function describeMissing(missing: number, rowCount: number): string {
  if (missing === 0 || rowCount === 0) return 'complete';
  return `${percent(missing / rowCount)} missing`;
}

function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 0.1 ? '< 0.1 %' : `${value < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} %`;
}
