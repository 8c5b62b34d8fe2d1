import { useShallow } from 'zustand/react/shallow';
import { usePreferences } from '../preferences.ts';
import type { Command } from './command.ts';
import { selectAllCommands, selectCommands, useCommandRegistry } from './command-registry.ts';
import { spellKeys } from './match-keys.ts';
import { withOwnKeys } from './own-keys.ts';

/** All that can be done on this page now, as it is listed: with the keys that this person gave. */
export function useListedCommands(): Command[] {
  // Read by the selector below; here so that the list is drawn anew with them.
  usePreferences((state) => state.shortcuts);
  return useCommandRegistry(useShallow(selectCommands));
}

/** The keys of a command of this page, whether it can be run now or not. */
export function useKeysOf(id: string): string | undefined {
  const shortcuts = usePreferences((state) => state.shortcuts);
  return useCommandRegistry((state) => {
    const command = selectAllCommands(state).findLast((candidate) => candidate.id === id);
    return command && withOwnKeys(command, shortcuts).keys;
  });
}

/** What a button says when it is rested on: its name, and its keys while it has some. */
export function useNameWithKeys(name: string, id: string): string {
  const keys = useKeysOf(id);
  return keys === undefined ? name : `${name} (${spellKeys(keys)})`;
}
