import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputAddress } from '../api/step-runs.ts';
import { countOf, formatCount } from '../ui/format/number.ts';
import { ColumnStats } from './column-stats.tsx';
import type { TableFacts } from './table-facts.ts';
import { TableGrid } from './table-grid.tsx';
import classes from './preview.module.css';

interface TablePreviewProps {
  /** The first page, which also tells of the columns. */
  readonly first: TableFacts;
  readonly output: OutputAddress;
  readonly form: 'full' | 'inline';
}

/** A table: every column with its shape, every row on demand, one column in depth. */
export function TablePreview({ first, output, form }: TablePreviewProps) {
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [range, setRange] = useState({ from: 0, to: 0 });
  const isFull = form === 'full';
  const shown = first.columns.flatMap((column, index) => (column.name.toLowerCase().includes(filter.trim().toLowerCase()) ? [{ column, index }] : []));
  const chosenColumn = first.columns.find((column) => column.name === chosen);
  const grid = (
    <TableGrid first={first} output={output} shown={shown} chosen={chosen} onChoose={(name) => setChosen(name === chosen ? null : name)} onRange={setRange} />
  );
  if (!isFull) return <div className={classes.inline}>{grid}</div>;
  return (
    <div className={classes.table}>
      <div className={classes.tableMain}>
        <div className={classes.tableTools}>
          <TextInput
            size="xs"
            w={190}
            placeholder="Filter columns"
            aria-label="Filter columns"
            leftSection={<IconSearch size={15} stroke={1.8} aria-hidden />}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
          />
        </div>
        {grid}
        <footer className={classes.foot}>
          <span>
            Rows {formatCount(range.from)}–{formatCount(range.to)} of {formatCount(first.rowCount)}
          </span>
          <span>
            {shown.length} of {countOf(first.columns.length, 'column')} shown
          </span>
          <span>Statistics over all rows</span>
        </footer>
      </div>
      {chosenColumn && <ColumnStats column={chosenColumn} rowCount={first.rowCount} onClose={() => setChosen(null)} />}
    </div>
  );
}
