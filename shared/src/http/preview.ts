import { z } from 'zod';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const PreviewColumn = z.object({
  name: z.string(),
  /** DuckDB's name of the type, and the kind that decides alignment and drawing. */
  type: z.string(),
  kind: z.enum(['number', 'text', 'boolean', 'time', 'other']),
  missing: z.int(),
  distinct: z.int().nullable(),
  min: cell,
  max: cell,
  mean: z.number().nullable(),
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
    columns: z.array(PreviewColumn),
    offset: z.int(),
    rows: z.array(z.array(cell)),
  }),
  z.object({ kind: z.literal('text'), language: z.string(), text: z.string(), isTruncated: z.boolean() }),
  z.object({ kind: z.literal('image'), mediaType: z.string(), path: z.string() }),
  z.object({ kind: z.literal('plot'), title: z.string(), spec: z.json() }),
  z.object({ kind: z.literal('html'), text: z.string() }),
  z.object({
    kind: z.literal('model'),
    flavors: z.array(z.string()),
    signature: z.json().nullable(),
    files: z.array(PreviewFile),
  }),
  z.object({ kind: z.literal('files'), files: z.array(PreviewFile), isTruncated: z.boolean() }),
  z.object({ kind: z.literal('unavailable'), message: z.string() }),
]);
export type Preview = z.infer<typeof Preview>;

export const PreviewQuery = z.object({
  view: z.literal('preview').optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
export type PreviewQuery = z.infer<typeof PreviewQuery>;
