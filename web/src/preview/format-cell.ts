import { formatValue } from '../ui/format/number.ts';
import type { CellValue, ColumnFacts, ColumnProfile } from './table-facts.ts';

/** A value as a cell shows it. Large integers come as text, because JSON would round them. */
export function formatCell({ kind }: Pick<ColumnFacts, 'kind'>, value: CellValue, profile?: Pick<ColumnProfile, 'min' | 'max'>): string {
  if (value === null) return 'missing';
  if (kind !== 'number') return String(value);
  const isYear = profile !== undefined && isYearLike(profile);
  if (typeof value === 'number') return isYear ? String(value) : formatValue(value);
  if (typeof value === 'string' && Number.isSafeInteger(Number(value))) return isYear ? value : formatValue(Number(value));
  return String(value);
}

/** `1,970` is no year: whole numbers between 1500 and 2200 are shown without a separator. */
function isYearLike({ min, max }: Pick<ColumnProfile, 'min' | 'max'>): boolean {
  const [least, most] = [Number(min), Number(max)];
  return min !== null && max !== null && Number.isInteger(least) && Number.isInteger(most) && least >= 1500 && most <= 2200;
}
