import { z } from 'zod';

/** Server → table process: one page of a table and the profile of its columns. */
export const TableQuery = z.object({ id: z.int(), source: z.string(), offset: z.int(), limit: z.int() });
export type TableQuery = z.infer<typeof TableQuery>;
