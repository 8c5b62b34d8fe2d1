import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './table.module.css';

export interface Column<Row> {
  readonly key: string;
  /** Hidden from sight when it says nothing (`label` alone names it for those who listen). */
  readonly head?: string;
  readonly label?: string;
  readonly isNumber?: boolean;
  readonly width?: number | string;
  /** Left out in narrow windows. */
  readonly isMinor?: boolean;
  /** Sentences, to be read whole: they take as many lines as they need. */
  readonly wraps?: boolean;
  readonly render: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The row is a link as a whole; its name is `rowName`. */
  readonly rowHref?: (row: Row) => string;
  readonly rowName?: (row: Row) => string;
  /** The key of a row that stands out, because what it is about is pointed at elsewhere. */
  readonly markedRow?: string | null;
  /** Shown at the right on hover and focus. */
  readonly renderActions?: (row: Row) => ReactNode;
}

/** A list as a table: text left, numbers right, the whole row a link, actions on hover and focus. */
export function DataTable<Row>({ label, columns, rows, rowKey, rowHref, rowName, markedRow, renderActions }: DataTableProps<Row>) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              title={column.head}
              style={{ width: column.width }}
              data-number={column.isNumber || undefined}
              data-minor={column.isMinor || undefined}
            >
              {column.head ?? <span className="pw-hidden">{column.label}</span>}
            </th>
          ))}
          {renderActions && (
            <th className={classes.actionsHead}>
              <span className="pw-hidden">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} data-row={rowKey(row)} data-marked={rowKey(row) === markedRow || undefined}>
            {columns.map((column, index) => (
              <td key={column.key} data-number={column.isNumber || undefined} data-minor={column.isMinor || undefined} data-wraps={column.wraps || undefined}>
                {index === 0 && rowHref && <Link to={rowHref(row)} className={classes.rowLink} aria-label={rowName?.(row)} />}
                {column.render(row)}
              </td>
            ))}
            {renderActions && (
              <td className={classes.actions}>
                <span>{renderActions(row)}</span>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
