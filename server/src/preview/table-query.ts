import { z } from 'zod';
import { TableChart, TableView } from '@pipewright/shared/http/table-view.ts';

/** One way to read a table. */
export const TableReading = z.object({
  /** SQL that stands after FROM. */
  sql: z.string(),
  /** SQL by which rows of the same value keep their order; null where only a copy of the table has one. */
  order: z.string().nullable(),
  /** Its files, whose first lines tell how many there are; null where that cannot be told by lines, or counting costs nothing. */
  lines: z.array(z.string()).nullable(),
  /** For the person who looks at it, where it is read otherwise than it says it is. */
  remark: z.string().nullable(),
});
export type TableReading = z.infer<typeof TableReading>;

export const TableAsk = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rows'), view: TableView, offset: z.int(), limit: z.int(), hasProfile: z.boolean() }),
  z.object({ kind: z.literal('profile'), columnsLike: z.string().optional() }),
  z.object({ kind: z.literal('relations'), column: z.string() }),
  z.object({ kind: z.literal('chart'), view: TableView, chart: TableChart }),
]);
export type TableAsk = z.infer<typeof TableAsk>;

/** Server → table process: what is asked of a table. */
export const TableQuery = z.object({
  id: z.int(),
  /** Tried one after the other until one can be read. */
  readings: z.array(TableReading).min(1),
  /** Changes when the bytes behind the readings do: what is known of a table is kept as long as it stays. */
  version: z.string(),
  sizeBytes: z.int(),
  ask: TableAsk,
});
export type TableQuery = z.infer<typeof TableQuery>;

/** Nobody waits for the answer any more. */
export const TableCancel = z.object({ cancel: z.int() });
export type TableCancel = z.infer<typeof TableCancel>;
