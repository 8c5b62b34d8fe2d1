import { create } from 'zustand';
import { usePreferences } from '../preferences.ts';
import type { Command } from './command.ts';
import { withOwnKeys } from './own-keys.ts';

interface CommandRegistry {
  readonly byOwner: ReadonlyMap<string, readonly Command[]>;
  readonly register: (owner: string, commands: readonly Command[]) => void;
  readonly unregister: (owner: string) => void;
}

/** Every command of what is on the page now. A part registers its own and takes them along when it leaves. */
export const useCommandRegistry = create<CommandRegistry>()((set) => ({
  byOwner: new Map(),
  register: (owner, commands) =>
    set((state) => {
      const known = state.byOwner.get(owner);
      return known && isShownAlike(known, commands) ? state : { byOwner: new Map(state.byOwner).set(owner, commands) };
    }),
  unregister: (owner) =>
    set((state) => {
      const byOwner = new Map(state.byOwner);
      byOwner.delete(owner);
      return { byOwner };
    }),
}));

/** Whether two lists look and are reached the same; what they do is looked up when they are run. */
function isShownAlike(known: readonly Command[], next: readonly Command[]): boolean {
  const isAlike = (a: Command, b: Command | undefined): boolean =>
    a.id === b?.id &&
    a.title === b.title &&
    a.group === b.group &&
    a.keys === b.keys &&
    a.keywords === b.keywords &&
    a.isEnabled === b.isEnabled &&
    a.worksInText === b.worksInText &&
    a.areKeysFixed === b.areKeysFixed;
  return known.length === next.length && known.every((command, index) => isAlike(command, next[index]));
}

/** All that can be done now, with the keys that this person gave them. */
export function selectCommands(state: Pick<CommandRegistry, 'byOwner'>): Command[] {
  const { shortcuts } = usePreferences.getState();
  return selectAllCommands(state)
    .filter((command) => command.isEnabled !== false)
    .map((command) => withOwnKeys(command, shortcuts));
}

/** As they were registered, also what cannot be done now. */
export function selectAllCommands({ byOwner }: Pick<CommandRegistry, 'byOwner'>): Command[] {
  return [...byOwner.values()].flat();
}

/** Does what a button of another part stands for: *Search* opens the shell's palette. */
export function runCommand(id: string): void {
  selectCommands(useCommandRegistry.getState())
    .find((command) => command.id === id)
    ?.run();
}
