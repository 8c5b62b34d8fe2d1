import { type QueryClient, useQueries } from '@tanstack/react-query';
import type { TableView } from '@pipewright/shared/http/table-view.ts';
import { type OutputAddress, previewPageSize, previewQuery } from '../api/step-runs.ts';
import type { TableRows } from './table-facts.ts';

interface TableWindow {
  readonly first: TableRows;
  readonly output: OutputAddress;
  readonly view: TableView;
  /** The rows in sight. */
  readonly from: number;
  readonly to: number;
}

type Row = TableRows['rows'][number];

/** The rows of a table by their number, read page by page as they come into sight. */
export function useTableRows({ first, output, view, from, to }: TableWindow): (index: number) => Row | undefined {
  const firstPage = Math.floor(from / previewPageSize);
  const lastPage = Math.floor(to / previewPageSize);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => (firstPage + index) * previewPageSize);
  const results = useQueries({
    queries: pages.map((offset) => ({ ...previewQuery(output, offset, view), placeholderData: undefined, enabled: offset > 0 })),
  });
  const rowsByOffset = new Map<number, readonly Row[]>([[0, first.rows]]);
  for (const [index, { data }] of results.entries()) {
    const offset = pages[index];
    if (offset !== undefined && offset > 0 && data?.kind === 'table') rowsByOffset.set(offset, data.rows);
  }
  return (index) => rowsByOffset.get(Math.floor(index / previewPageSize) * previewPageSize)?.[index % previewPageSize];
}

/** More rows than these are not for a clipboard. */
export const mostCopiedRows = 10_000;

/** Rows from one to another, both belong to it, whether or not they have been in sight; no more than can be copied. */
export async function fetchRows(client: QueryClient, { output, view, from, to }: Omit<TableWindow, 'first'>): Promise<readonly Row[]> {
  const last = Math.min(to, from + mostCopiedRows - 1);
  const rows: Row[] = [];
  for (let offset = Math.floor(from / previewPageSize) * previewPageSize; offset <= last; offset += previewPageSize) {
    const page = await client.ensureQueryData(previewQuery(output, offset, view));
    if (page.kind !== 'table') break;
    rows.push(...page.rows.slice(Math.max(0, from - offset), last - offset + 1));
  }
  return rows;
}
