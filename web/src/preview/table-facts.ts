import type { Preview, PreviewColumn, TableColumn } from '@pipewright/shared/http/preview.ts';

/** A page of a table's rows. */
export type TableRows = Extract<Preview, { kind: 'table' }>;
export type CellValue = TableRows['rows'][number][number];
/** A column by its name and kind. */
export type ColumnFacts = TableColumn;
/** And with what it holds. */
export type ColumnProfile = PreviewColumn;

/** A column as it is drawn: what it holds comes a little later than its rows. */
export interface ShownColumn {
  readonly column: ColumnFacts;
  readonly profile: ColumnProfile | undefined;
  /** Its place in a row. */
  readonly index: number;
}
