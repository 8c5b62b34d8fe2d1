import type { KnownColumn } from './column-list.ts';

/** The columns of the table that a parameter is about, and how they are known. */
export interface TableColumns {
  readonly columns: readonly KnownColumn[];
  /** *from run 41*, *from cars:2*; null where nothing is known. */
  readonly from: string | null;
}

export const noColumns: TableColumns = { columns: [], from: null };
