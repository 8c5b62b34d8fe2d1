import type { CellValue } from './table-facts.ts';

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** Cells from one corner to another: `head` is the one that the keys move. */
export interface CellRange {
  readonly anchor: CellPlace;
  readonly head: CellPlace;
}

export interface TableSize {
  readonly rows: number;
  readonly columns: number;
  /** As many rows as are in sight. */
  readonly page: number;
}

const at = (row: number, column: number): CellRange => ({ anchor: { row, column }, head: { row, column } });
export const oneCell = ({ row, column }: CellPlace): CellRange => at(row, column);

/** From the top left to the bottom right, both belong to it. */
export function cornersOf({ anchor, head }: CellRange): { readonly from: CellPlace; readonly to: CellPlace } {
  return {
    from: { row: Math.min(anchor.row, head.row), column: Math.min(anchor.column, head.column) },
    to: { row: Math.max(anchor.row, head.row), column: Math.max(anchor.column, head.column) },
  };
}

export function isInRange(range: CellRange | null, { row, column }: CellPlace): boolean {
  if (!range) return false;
  const { from, to } = cornersOf(range);
  return row >= from.row && row <= to.row && column >= from.column && column <= to.column;
}

interface Press {
  readonly key: string;
  readonly isShift: boolean;
  readonly isControl: boolean;
}

/** Where a key leads; undefined for one that leads nowhere. */
export function moveRange(range: CellRange | null, { key, isShift, isControl }: Press, { rows, columns, page }: TableSize): CellRange | undefined {
  if (rows === 0 || columns === 0) return undefined;
  const { row, column } = range?.head ?? { row: 0, column: 0 };
  const next = placeAfter(key, { row, column }, { isControl, rows, columns, page });
  if (!next) return undefined;
  if (!range) return at(0, 0);
  const head = { row: clamp(next.row, rows), column: clamp(next.column, columns) };
  return { anchor: isShift ? range.anchor : head, head };
}

function placeAfter(
  key: string,
  { row, column }: CellPlace,
  { isControl, rows, columns, page }: TableSize & { readonly isControl: boolean },
): CellPlace | undefined {
  switch (key) {
    case 'ArrowDown':
      return { row: isControl ? rows - 1 : row + 1, column };
    case 'ArrowUp':
      return { row: isControl ? 0 : row - 1, column };
    case 'ArrowRight':
      return { row, column: isControl ? columns - 1 : column + 1 };
    case 'ArrowLeft':
      return { row, column: isControl ? 0 : column - 1 };
    case 'PageDown':
      return { row: row + page, column };
    case 'PageUp':
      return { row: row - page, column };
    case 'Home':
      return { row: isControl ? 0 : row, column: 0 };
    case 'End':
      return { row: isControl ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}

const clamp = (index: number, count: number): number => Math.max(0, Math.min(count - 1, index));

/** As spreadsheets take it: columns apart by tabs, lines by line ends; what is missing is nothing. */
export function toClipboardText(rows: readonly (readonly CellValue[])[]): string {
  return rows.map((row) => row.map((value) => (value === null ? '' : cellText(String(value)))).join('\t')).join('\n');
}

const cellText = (text: string): string => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
