import { z } from 'zod';

/** Server → table process: one page of a table and the profile of its columns. */
export const TableQuery = z.object({
  id: z.int(),
  /** SQL that stands after FROM. */
  source: z.string(),
  /** Changes when the bytes behind the source do: a profile is kept as long as it stays. */
  version: z.string(),
  offset: z.int(),
  limit: z.int(),
});
export type TableQuery = z.infer<typeof TableQuery>;
