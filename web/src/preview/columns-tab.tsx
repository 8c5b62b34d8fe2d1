import { formatCount, formatValue } from '../ui/format/number.ts';
import { describeMissing, kindIcons } from './column-head.tsx';
import { formatCell } from './format-cell.ts';
import { Histogram } from './histogram.tsx';
import type { ShownColumn } from './table-facts.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './table-tools.module.css';
import previewClasses from './preview.module.css';

interface ColumnsTabProps {
  readonly shown: readonly ShownColumn[];
  readonly rowCount: number;
  readonly control: TableControl;
}

/** Every column in a line: its type, its shape, what is missing, its spread. */
export function ColumnsTab({ shown, rowCount, control }: ColumnsTabProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={classes.summary} tabIndex={0}>
      <table aria-label="Columns">
        <thead>
          <tr>
            {['Column', 'Type', 'Shape', 'Missing', 'Distinct', 'Mean', 'Std. deviation', 'Minimum', 'Median', 'Maximum'].map((title, index) => (
              <th key={title} scope="col" data-number={index > 2 || undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((item) => (
            <ColumnLine key={item.column.name} item={item} rowCount={rowCount} control={control} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const number = (value: number | null | undefined): string => (value === null || value === undefined ? '' : formatValue(value));

function ColumnLine({ item: { column, profile }, rowCount, control }: { readonly item: ShownColumn } & Omit<ColumnsTabProps, 'shown'>) {
  const Icon = kindIcons[column.kind];
  const isChosen = control.chosen === column.name;
  const end = (value: Parameters<typeof formatCell>[1] | undefined): string =>
    value === null || value === undefined ? '' : formatCell(column, value, profile);
  return (
    <tr data-chosen={isChosen || undefined}>
      <th scope="row">
        <button type="button" aria-pressed={isChosen} onClick={() => control.choose(isChosen ? null : column.name)}>
          <Icon size={13} stroke={1.8} aria-hidden />
          <span className="pw-clip" title={column.name}>
            {column.name}
          </span>
        </button>
      </th>
      <td className="pw-mono pw-muted">{column.type.toLowerCase()}</td>
      <td>
        <Histogram bins={profile?.histogram ?? []} className={previewClasses.spark} />
      </td>
      <td data-number data-some={(profile?.missing ?? 0) > 0 || undefined}>
        {profile && (profile.missing === 0 ? 'none' : describeMissing(profile.missing, rowCount).replace(' missing', ''))}
      </td>
      <td data-number>{profile && profile.distinct !== null ? `≈ ${formatCount(profile.distinct)}` : ''}</td>
      <td data-number>{number(profile?.mean)}</td>
      <td data-number>{number(profile?.deviation)}</td>
      <td data-number>{end(profile?.min)}</td>
      <td data-number>{number(profile?.median)}</td>
      <td data-number>{end(profile?.max)}</td>
    </tr>
  );
}
