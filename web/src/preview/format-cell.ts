import { formatValue } from '../ui/format/number.ts';
import type { ColumnFacts, TableFacts } from './table-facts.ts';

type CellValue = TableFacts['rows'][number][number];

/** A value as a cell shows it. Large integers come as text, because JSON would round them. */
export function formatCell(column: ColumnFacts, value: CellValue): string {
  if (value === null) return 'missing';
  if (column.kind !== 'number') return String(value);
  if (typeof value === 'number') return isYearLike(column) ? String(value) : formatValue(value);
  if (typeof value === 'string' && Number.isSafeInteger(Number(value))) return isYearLike(column) ? value : formatValue(Number(value));
  return String(value);
}

/** `1,970` is no year: whole numbers between 1500 and 2200 are shown without a separator. */
function isYearLike({ min, max }: ColumnFacts): boolean {
  const [least, most] = [Number(min), Number(max)];
  return min !== null && max !== null && Number.isInteger(least) && Number.isInteger(most) && least >= 1500 && most <= 2200;
}
