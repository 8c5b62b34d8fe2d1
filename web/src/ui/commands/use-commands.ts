import { useEffect, useRef } from 'react';
import type { Command } from './command.ts';
import { useCommandRegistry } from './command-registry.ts';

/**
 * Registers the commands of a part while it is on the page. What they do may change with every render; the registry
 * hears of it only when what is shown changes.
 */
export function useCommands(owner: string, commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shown = JSON.stringify(commands.map(({ run: _, ...rest }) => rest));
  useEffect(() => {
    const stable = latest.current.map((command, index) => ({ ...command, run: () => latest.current[index]?.run() }));
    useCommandRegistry.getState().register(owner, stable);
  }, [owner, shown]);
  useEffect(() => () => useCommandRegistry.getState().unregister(owner), [owner]);
}
