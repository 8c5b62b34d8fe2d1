import type { Preview, PreviewColumn } from '@pipewright/shared/http/preview.ts';
import type { z } from 'zod';

/** A page of a table's rows, with what is known of all of it. */
export type TableFacts = Extract<Preview, { kind: 'table' }>;
export type ColumnFacts = z.infer<typeof PreviewColumn>;
