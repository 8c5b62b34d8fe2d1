import { IconSearch } from '@tabler/icons-react';
import { runCommand } from '../../../ui/commands/command-registry.ts';
import { CommandKeys } from '../../../ui/commands/key-hint.tsx';
import classes from '../workspace.module.css';

/** Looks like a field, opens the palette. */
export function SearchButton() {
  return (
    <button type="button" className={classes.searchButton} onClick={() => runCommand('shell.palette')}>
      <IconSearch size={15} stroke={1.8} aria-hidden />
      <span className="pw-clip">Search pipelines, runs, data, components</span>
      <CommandKeys of="shell.palette" />
    </button>
  );
}
