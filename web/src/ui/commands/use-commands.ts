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
    const stable = commands.map((command, index) => ({ ...command, run: () => latest.current[index]?.run() }));
    useCommandRegistry.getState().register(owner, stable);
  });
  useEffect(() => () => useCommandRegistry.getState().unregister(owner), [owner]);
}
