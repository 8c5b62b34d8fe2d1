import type { PreviewColumn } from '@pipewright/shared/http/preview.ts';

export interface Column {
  readonly name: string;
  /** As DuckDB calls it. */
  readonly type: string;
  readonly kind: PreviewColumn['kind'];
}

export type Cell = string | number | boolean | null;

export function kindOf(type: string): Column['kind'] {
  if (/^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return 'number';
  if (type === 'VARCHAR' || type === 'UUID' || /^ENUM\(.*\)$/.test(type)) return 'text';
  if (type === 'BOOLEAN') return 'boolean';
  if (/^(DATE|TIME|TIMESTAMP)( WITH TIME ZONE|_S|_MS|_NS|_US)?$/.test(type)) return 'time';
  return 'other';
}

export const isFloat = (type: string): boolean => type === 'FLOAT' || type === 'DOUBLE';

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Whole numbers come as text where a number might not hold them; those that it holds are numbers. */
export function toCell(value: unknown, kind: Column['kind'] = 'other'): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return JSON.stringify(value);
  if (kind !== 'number') return value;
  const number = Number(value);
  const isExact = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
  return isExact ? number : value;
}

export const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export function toNumber(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
