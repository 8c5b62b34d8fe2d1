import { z } from 'zod';

/** A value as it goes over the wire; whole numbers that JSON would round are text. */
export const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof Cell>;

const Bound = z.union([z.number(), z.string()]);

/** Which rows are wanted, by one column. */
export const TableFilter = z.discriminatedUnion('op', [
  /** Both ends belong to it; times are written as ISO 8601 has them. */
  z.strictObject({ op: z.literal('between'), column: z.string(), from: Bound.optional(), to: Bound.optional() }),
  /** One of these, as they are shown. */
  z.strictObject({ op: z.literal('is'), column: z.string(), values: z.array(z.string()).min(1) }),
  z.strictObject({ op: z.literal('contains'), column: z.string(), text: z.string().min(1) }),
  z.strictObject({ op: z.literal('missing'), column: z.string(), isMissing: z.boolean() }),
]);
export type TableFilter = z.infer<typeof TableFilter>;

/** How a table is looked at: which of its rows, in which order. */
export const TableView = z.strictObject({
  sort: z.strictObject({ column: z.string(), isDescending: z.boolean() }).optional(),
  /** All of them hold. */
  filters: z.array(TableFilter).default([]),
  /** Stands in any of the columns that are shown. */
  search: z.string().optional(),
  /** Only columns with this in their name: of a table that has more than are given at once. */
  columnsLike: z.string().optional(),
});
export type TableView = z.infer<typeof TableView>;

export const wholeTable: TableView = { filters: [] };

/** What is drawn of a table. */
export const TableChart = z.strictObject({
  type: z.enum(['histogram', 'bar', 'line', 'scatter', 'box']),
  /** Of a box: what the boxes stand side by side for; one box without it. */
  x: z.string().optional(),
  y: z.string().optional(),
  /** Splits what is drawn by the most frequent values of a column. */
  by: z.string().optional(),
  /** Of `y`, for each bar and each point of a line; `count` needs none. */
  measure: z.enum(['count', 'sum', 'mean', 'median', 'min', 'max']).default('count'),
  bins: z.int().min(2).max(200).default(30),
});
export type TableChart = z.infer<typeof TableChart>;

/** What is drawn, worked out where the table is: never more than a few thousand points. */
export const TableChartData = z.object({
  kind: z.literal('chart'),
  points: z.array(z.record(z.string(), Cell)),
  /** Of the rows that the filters leave, those that took part: the others lack a value. */
  drawnRows: z.int(),
  rowCount: z.int(),
  /** What is left out of the drawing, for the person who looks at it: *a sample of 2,000 points*. */
  remark: z.string().nullable(),
  trend: z.object({ slope: z.number(), intercept: z.number(), r2: z.number(), from: z.number(), to: z.number() }).nullable(),
});
export type TableChartData = z.infer<typeof TableChartData>;
