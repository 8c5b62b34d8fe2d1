import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { type Column, DataTable } from '../../../ui/table/data-table.tsx';
import { ShowOlder } from '../show-older.tsx';

interface RunTableProps<Row> {
  readonly label: string;
  readonly query: UseInfiniteQueryResult;
  /** Why there are no runs to show, be it that they could not even be asked for. */
  readonly error: Error | null;
  readonly onRetry: () => void;
  /** Undefined: they are not known yet. */
  readonly runs: readonly Row[] | undefined;
  readonly columns: readonly Column<Row>[];
  readonly href: (run: Row) => string;
  readonly name: (run: Row) => string;
  readonly renderActions?: (run: Row) => ReactNode;
  /** In place of the table where there are none. */
  readonly none: ReactNode;
}

/** Runs, newest first, page by page, and what stands there while there are none. */
export function RunTable<Row extends { readonly id: string }>({
  label,
  query,
  error,
  onRetry,
  runs,
  columns,
  href,
  name,
  renderActions,
  none,
}: RunTableProps<Row>) {
  return (
    <>
      <div className="pw-card">
        {!runs && error === null && <SkeletonRows count={12} height={35} />}
        {!runs && error !== null && <ErrorState title="The runs could not be read" message={messageOf(error)} onRetry={onRetry} />}
        {runs?.length === 0 && none}
        {runs && runs.length > 0 && (
          <DataTable
            label={label}
            columns={columns}
            rows={runs}
            rowKey={({ id }) => id}
            rowHref={href}
            rowName={name}
            {...(renderActions && { renderActions })}
          />
        )}
      </div>
      <ShowOlder query={query} noun="runs" />
    </>
  );
}
