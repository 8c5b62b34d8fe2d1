import { z } from 'zod';
import { Cell, TableChartData } from './table-view.ts';

export const TableColumn = z.object({
  name: z.string(),
  /** DuckDB's name of the type, and the kind that decides alignment and drawing. */
  type: z.string(),
  kind: z.enum(['number', 'text', 'boolean', 'time', 'other']),
});
export type TableColumn = z.infer<typeof TableColumn>;

/** A column with what it holds. */
export const PreviewColumn = TableColumn.extend({
  missing: z.int(),
  distinct: z.int().nullable(),
  min: Cell,
  max: Cell,
  mean: z.number().nullable(),
  /** The rest of what is said of numbers: null for other kinds, and where there is no number. */
  deviation: z.number().nullable(),
  quarter: z.number().nullable(),
  median: z.number().nullable(),
  threeQuarters: z.number().nullable(),
  skewness: z.number().nullable(),
  zeros: z.int().nullable(),
  /** Counts of equal-width bins for numbers, of the most frequent values for the rest. */
  histogram: z.array(z.object({ label: z.string(), count: z.int() })),
});
export type PreviewColumn = z.infer<typeof PreviewColumn>;

export const PreviewFile = z.object({ path: z.string(), sizeBytes: z.int() });

/** What an output looks like, by what it is. */
export const Preview = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    rowCount: z.int(),
    /** The counts are about: a long text was only looked at. What its columns hold is answered with the real one, and so are its rows from then on. */
    isEstimate: z.boolean(),
    /** Those that the filters and the search leave. */
    matchCount: z.int(),
    /** Of a very wide table only the first are given; a narrower name gives others. */
    columns: z.array(z.union([PreviewColumn, TableColumn])),
    columnCount: z.int(),
    offset: z.int(),
    rows: z.array(z.array(Cell)),
    /** How it could be read, where not as it says it is. */
    remark: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('text'),
    language: z.string(),
    text: z.string(),
    /** There is more after it. */
    isTruncated: z.boolean(),
    /** In bytes: where it ends in the file, and how long that is. */
    end: z.int(),
    sizeBytes: z.int(),
  }),
  z.object({ kind: z.literal('image'), mediaType: z.string(), path: z.string() }),
  z.object({ kind: z.literal('plot'), title: z.string(), spec: z.json() }),
  z.object({ kind: z.literal('html'), text: z.string() }),
  z.object({
    kind: z.literal('model'),
    flavors: z.array(z.string()),
    signature: z.json().nullable(),
    /** What it was made with and how it is loaded, as its MLmodel file says it. */
    facts: z.array(z.object({ name: z.string(), value: z.string() })),
    files: z.array(PreviewFile),
  }),
  z.object({ kind: z.literal('files'), files: z.array(PreviewFile), isTruncated: z.boolean() }),
  z.object({ kind: z.literal('unavailable'), message: z.string() }),
]);
export type Preview = z.infer<typeof Preview>;

/** What the columns of a table hold: over all of its rows, or over a sample of so many. */
export const TableProfile = z.object({
  kind: z.literal('profile'),
  rowCount: z.int(),
  sampledRows: z.int().nullable(),
  columns: z.array(PreviewColumn),
});
export type TableProfile = z.infer<typeof TableProfile>;

/** How strongly the numbers of a table go with those of one column, the strongest first. */
export const TableRelations = z.object({ kind: z.literal('relations'), columns: z.array(z.object({ name: z.string(), correlation: z.number() })) });
export type TableRelations = z.infer<typeof TableRelations>;

export const PreviewAnswer = z.discriminatedUnion('kind', [...Preview.options, TableProfile, TableRelations, TableChartData]);
export type PreviewAnswer = z.infer<typeof PreviewAnswer>;

export const PreviewQuery = z.object({
  /** Of a table also what its columns hold, what goes with one of them, or what a chart draws. */
  view: z.enum(['preview', 'profile', 'relations', 'chart']).optional(),
  /** Of rows; of a text in bytes. */
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** `later`: the columns of a table come without what they hold, which takes longer to work out. */
  profile: z.enum(['now', 'later']).default('now'),
  /** A `TableView` as JSON. */
  table: z.string().optional(),
  /** A `TableChart` as JSON. */
  chart: z.string().optional(),
  /** Of `relations`. */
  column: z.string().optional(),
});
export type PreviewQuery = z.infer<typeof PreviewQuery>;
