import { useQueries } from '@tanstack/react-query';
import { type OutputAddress, previewPageSize, previewQuery } from '../api/step-runs.ts';
import type { TableFacts } from './table-facts.ts';

interface TableWindow {
  readonly first: TableFacts;
  readonly output: OutputAddress;
  /** The rows in sight. */
  readonly from: number;
  readonly to: number;
}

type Row = TableFacts['rows'][number];

/** The rows of a table by their number, read page by page as they come into sight. */
export function useTableRows({ first, output, from, to }: TableWindow): (index: number) => Row | undefined {
  const firstPage = Math.floor(from / previewPageSize);
  const lastPage = Math.floor(to / previewPageSize);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => (firstPage + index) * previewPageSize);
  const results = useQueries({
    queries: pages.map((offset) => ({ ...previewQuery(output, offset), placeholderData: undefined, enabled: offset > 0 })),
  });
  const rowsByOffset = new Map<number, readonly Row[]>([[0, first.rows]]);
  for (const [index, { data }] of results.entries()) {
    const offset = pages[index];
    if (offset !== undefined && data?.kind === 'table') rowsByOffset.set(offset, data.rows);
  }
  return (index) => rowsByOffset.get(Math.floor(index / previewPageSize) * previewPageSize)?.[index % previewPageSize];
}
