import { Checkbox, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { FilterChip } from '../../../../ui/filter/filter-chip.tsx';
import { countOf } from '../../../../ui/format/number.ts';
import { chooseColumns, columnKinds, joinList, type KnownColumn, splitList, toggleColumn } from '../../model/column-list.ts';
import classes from './parameters.module.css';

interface ColumnPickerProps {
  readonly label: string;
  /** The list as it is written. */
  readonly text: string;
  readonly columns: readonly KnownColumn[];
  readonly from: string;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
}

/** More rows than this are not drawn: they are looked for. */
const mostShown = 400;

/** The columns of the table with what the list takes of them; kinds and patterns are added as rules, so that they follow the table. */
export function ColumnPicker({ label, text, columns, from, isReadOnly, onChange }: ColumnPickerProps) {
  const [search, setSearch] = useState('');
  const items = splitList(text);
  const chosen = new Set(chooseColumns(text, columns).names);
  const kinds = columnKinds.filter((kind) => columns.some((column) => column.kind === kind));
  const found = columns.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const toggleRule = (rule: string): void => onChange(items.includes(rule) ? joinList(items.filter((item) => item !== rule)) : joinList([...items, rule]));
  const pattern = `*${search.trim()}*`;
  return (
    <div className={classes.picker}>
      <TextInput
        size="xs"
        data-autofocus
        placeholder="Find columns"
        aria-label={`Find columns of ${label}`}
        leftSection={<IconSearch size={13} stroke={1.8} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {!isReadOnly && (
        <div className={classes.rules} role="group" aria-label="Rules">
          <FilterChip isOn={items.includes('*')} onToggle={() => toggleRule('*')}>
            all
          </FilterChip>
          {kinds.map((kind) => (
            <FilterChip key={kind} isOn={items.includes(`@${kind}`)} onToggle={() => toggleRule(`@${kind}`)}>
              all {kind}
            </FilterChip>
          ))}
          {search.trim() !== '' && (
            <>
              <FilterChip isOn={items.includes(pattern)} onToggle={() => toggleRule(pattern)}>
                like {pattern}
              </FilterChip>
              <FilterChip isOn={items.includes(`!${pattern}`)} onToggle={() => toggleRule(`!${pattern}`)}>
                not {pattern}
              </FilterChip>
            </>
          )}
        </div>
      )}
      <ul className={classes.found} aria-label={`Columns of ${label}`}>
        {found.slice(0, mostShown).map(({ name, kind }) => (
          <li key={name}>
            <Checkbox
              size="xs"
              checked={chosen.has(name)}
              disabled={isReadOnly}
              label={
                <span className={classes.columnName}>
                  <span className="pw-clip">{name}</span>
                  {kind !== undefined && <span className={classes.kind}>{kind}</span>}
                </span>
              }
              onChange={() => onChange(toggleColumn(text, name, columns))}
            />
          </li>
        ))}
      </ul>
      <p className={classes.foot}>
        {found.length > mostShown && `The first ${mostShown} of ${found.length}. `}
        {chosen.size} of {countOf(columns.length, 'column')} · {from}
      </p>
    </div>
  );
}
