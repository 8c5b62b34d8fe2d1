import { IconX } from '@tabler/icons-react';
import { describeFilter } from './describe-filter.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './table-tools.module.css';

/** What the rows are narrowed by, each to be taken away. */
export function FilterChips({ control }: { readonly control: TableControl }) {
  const { filters, search = '' } = control.view;
  if (filters.length === 0 && search === '') return null;
  return (
    <ul className={classes.chips} aria-label="Filters">
      {search !== '' && <FilterChip text={`any column contains “${search}”`} onRemove={() => control.search('')} />}
      {filters.map((filter) => (
        <FilterChip
          key={`${filter.column} ${filter.op}`}
          text={describeFilter(filter)}
          onRemove={() =>
            control.filterBy(
              filter.column,
              filters.filter((other) => other.column === filter.column && other !== filter),
            )
          }
        />
      ))}
      <li>
        <button type="button" className={`pw-link ${classes.link}`} onClick={control.dropFilters}>
          Show all rows
        </button>
      </li>
    </ul>
  );
}

function FilterChip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <li className={classes.chip}>
      <span className="pw-clip" title={text}>
        {text}
      </span>
      <button type="button" aria-label={`Remove the filter: ${text}`} onClick={onRemove}>
        <IconX size={12} stroke={2} />
      </button>
    </li>
  );
}
