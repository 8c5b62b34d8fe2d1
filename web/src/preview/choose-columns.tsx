import { Checkbox, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ColumnFacts } from './table-facts.ts';
import type { TableControl } from './use-table-view.ts';
import classes from './table-tools.module.css';

/** More boxes than these are looked for by name. */
const mostBoxes = 100;

/** Which columns the table shows. */
export function ChooseColumns({ columns, control }: { readonly columns: readonly ColumnFacts[]; readonly control: TableControl }) {
  const [wanted, setWanted] = useState('');
  const { hidden, setHidden } = control;
  const found = columns.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const toggle = (name: string, isShown: boolean): void => setHidden(new Set(isShown ? [...hidden].filter((other) => other !== name) : [...hidden, name]));
  return (
    <Popover position="top-start" width={260} trapFocus withinPortal>
      <Popover.Target>
        <button type="button" className={`pw-link ${classes.link}`}>
          Choose columns
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.chooser}>
        <TextInput
          size="xs"
          aria-label="Find a column"
          placeholder="Find a column"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          data-autofocus
        />
        <p className={classes.chooserAll}>
          <button type="button" className={`pw-link ${classes.link}`} onClick={() => setHidden(new Set())}>
            All
          </button>
          <button type="button" className={`pw-link ${classes.link}`} onClick={() => setHidden(new Set(columns.map(({ name }) => name)))}>
            None
          </button>
        </p>
        <ul className={classes.chooserList}>
          {found.slice(0, mostBoxes).map(({ name }) => (
            <li key={name}>
              <Checkbox size="xs" label={name} checked={!hidden.has(name)} onChange={(event) => toggle(name, event.currentTarget.checked)} />
            </li>
          ))}
          {found.length > mostBoxes && <li className="pw-xs pw-muted">{found.length - mostBoxes} more: find them by name</li>}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
