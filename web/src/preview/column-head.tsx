import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCalendar,
  IconChartBar,
  IconChartHistogram,
  IconCopy,
  IconDots,
  IconDotsVertical,
  IconEyeOff,
  IconFilter,
  IconHash,
  IconLetterCase,
  IconSortAscending,
  IconSortDescending,
  IconToggleLeft,
  type TablerIcon,
} from '@tabler/icons-react';
import { formatCell } from './format-cell.ts';
import { Histogram } from './histogram.tsx';
import type { ColumnFacts, ColumnProfile, ShownColumn } from './table-facts.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './preview.module.css';

interface ColumnHeadProps {
  readonly item: ShownColumn;
  readonly rowCount: number;
  readonly width: number;
  readonly control: TableControl;
  readonly onCopy: () => void;
}

export const kindIcons = {
  number: IconHash,
  text: IconLetterCase,
  boolean: IconToggleLeft,
  time: IconCalendar,
  other: IconDots,
} as const satisfies Record<ColumnFacts['kind'], TablerIcon>;

/** A column's name, its shape, its range, and how much of it is missing. */
export function ColumnHead({ item: { column, profile }, rowCount, width, control, onCopy }: ColumnHeadProps) {
  const Icon = kindIcons[column.kind];
  const { sort } = control.view;
  const order = sort?.column === column.name ? (sort.isDescending ? 'descending' : 'ascending') : 'none';
  const isChosen = column.name === control.chosen;
  return (
    <span role="columnheader" aria-sort={order} className={classes.columnCell} style={{ width }} data-chosen={isChosen || undefined}>
      <button
        type="button"
        className={classes.columnHead}
        aria-pressed={isChosen}
        title={column.type.toLowerCase()}
        onClick={() => control.choose(isChosen ? null : column.name)}
      >
        <span className={classes.columnName}>
          <Icon size={13} stroke={1.8} aria-hidden />
          <span className="pw-clip" title={column.name}>
            {column.name}
          </span>
          {order !== 'none' &&
            (order === 'ascending' ? <IconSortAscending size={13} stroke={2} aria-hidden /> : <IconSortDescending size={13} stroke={2} aria-hidden />)}
        </span>
        <Histogram bins={profile?.histogram ?? []} className={classes.spark} />
        <span className={classes.range}>{profile && describeRange(profile, rowCount)}</span>
        <span className={classes.missingShare} data-some={(profile?.missing ?? 0) > 0 || undefined}>
          {profile && describeMissing(profile.missing, rowCount)}
        </span>
      </button>
      <ColumnMenu column={column} control={control} onCopy={onCopy} />
    </span>
  );
}

const icon = { size: 15, stroke: 1.8 } as const;

function ColumnMenu({ column: { name }, control, onCopy }: Pick<ColumnHeadProps, 'control' | 'onCopy'> & { readonly column: ColumnFacts }) {
  const { sort } = control.view;
  const isSorted = sort?.column === name;
  return (
    <Menu position="bottom-end" width={216} withinPortal>
      <Menu.Target>
        <ActionIcon className={classes.columnMenu} size="xs" aria-label={`Actions on the column ${name}`}>
          <IconDotsVertical size={13} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSortAscending {...icon} />} onClick={() => control.sortBy({ column: name, isDescending: false })}>
          Sort ascending
        </Menu.Item>
        <Menu.Item leftSection={<IconSortDescending {...icon} />} onClick={() => control.sortBy({ column: name, isDescending: true })}>
          Sort descending
        </Menu.Item>
        {isSorted && <Menu.Item onClick={() => control.sortBy(undefined)}>As they stand</Menu.Item>}
        <Menu.Divider />
        <Menu.Item leftSection={<IconFilter {...icon} />} onClick={() => control.choose(name)}>
          Filter…
        </Menu.Item>
        <Menu.Item leftSection={<IconChartHistogram {...icon} />} onClick={() => control.choose(name)}>
          Statistics
        </Menu.Item>
        <Menu.Item
          leftSection={<IconChartBar {...icon} />}
          onClick={() => {
            control.choose(name);
            control.setTab('chart');
          }}
        >
          Draw a chart
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={onCopy}>
          Copy the column
        </Menu.Item>
        <Menu.Item leftSection={<IconEyeOff {...icon} />} onClick={() => control.setHidden(new Set([...control.hidden, name]))}>
          Hide the column
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Numbers by their ends, the rest by their most frequent value. */
function describeRange(profile: ColumnProfile, rowCount: number): string {
  const { kind, min, max, histogram } = profile;
  if (kind === 'number' && min !== null && max !== null) return `${formatCell(profile, min, profile)} – ${formatCell(profile, max, profile)}`;
  if (kind === 'time') return `${String(min ?? '')} – ${String(max ?? '')}`;
  const [most] = histogram;
  return most && rowCount > 0 ? `${most.label} ${percent(most.count / rowCount)}` : '';
}

export function describeMissing(missing: number, rowCount: number): string {
  if (missing === 0 || rowCount === 0) return 'complete';
  return `${percent(missing / rowCount)} missing`;
}

function percent(share: number): string {
  const value = share * 100;
  return value > 0 && value < 0.1 ? '< 0.1 %' : `${value < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} %`;
}
