import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import { Chip } from '../ui/feedback/chip.tsx';
import { formatCount, formatValue } from '../ui/format/number.ts';
import { describeMissing, kindIcons } from './column-head.tsx';
import { formatCell } from './format-cell.ts';
import { Histogram } from './histogram.tsx';
import type { ColumnFacts } from './table-facts.ts';
import classes from './preview.module.css';

interface ColumnStatsProps {
  readonly column: ColumnFacts;
  readonly rowCount: number;
  readonly onClose: () => void;
}

/** One column in depth. */
export function ColumnStats({ column, rowCount, onClose }: ColumnStatsProps) {
  const Icon = kindIcons[column.kind];
  return (
    <aside className={classes.stats} aria-label={`Column ${column.name}`}>
      <div className={classes.statsHead}>
        <Icon size={16} stroke={1.8} aria-hidden />
        <h3 className="pw-clip">{column.name}</h3>
        <Chip>
          <span className="pw-mono">{column.type.toLowerCase()}</span>
        </Chip>
        <ActionIcon aria-label="Close the column" onClick={onClose}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </div>
      {column.kind === 'number' ? (
        <>
          <Histogram bins={column.histogram} className={classes.histogram} label={`Histogram of ${column.name}`} />
          <div className={`${classes.histogramEnds} pw-num`}>
            <span>{formatCell(column, column.min)}</span>
            <span>{formatCell(column, column.max)}</span>
          </div>
        </>
      ) : (
        <FrequentValues column={column} rowCount={rowCount} />
      )}
      <dl className={classes.facts}>
        {factsOf(column, rowCount).map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </aside>
  );
}

function FrequentValues({ column, rowCount }: Omit<ColumnStatsProps, 'onClose'>) {
  return (
    <div className={classes.bars}>
      {column.histogram.map((bin) => (
        <Fragment key={bin.label}>
          <span className="pw-clip">{bin.label}</span>
          <i aria-hidden>
            <u style={{ width: `${rowCount === 0 ? 0 : (bin.count / rowCount) * 100}%` }} />
          </i>
          <span className="pw-num">{formatCount(bin.count)}</span>
        </Fragment>
      ))}
    </div>
  );
}

function factsOf(column: ColumnFacts, rowCount: number): readonly (readonly [string, string])[] {
  const { missing, distinct, mean, min, max } = column;
  return [
    ['Values', formatCount(rowCount - missing)],
    ['Missing', missing === 0 ? '0' : `${formatCount(missing)} (${describeMissing(missing, rowCount).replace(' missing', '')})`],
    ...(distinct === null ? [] : [['Distinct', formatCount(distinct)] as const]),
    ...(mean === null ? [] : [['Mean', formatValue(mean)] as const]),
    ...(min === null ? [] : [['Minimum', formatCell(column, min)] as const]),
    ...(max === null ? [] : [['Maximum', formatCell(column, max)] as const]),
  ];
}
