import { useEffect } from 'react';
import { selectCommands, useCommandRegistry } from './command-registry.ts';
import { matchKeys } from './match-keys.ts';

/** The one listener that runs commands by their keys. Used once, by the shell. */
export function useCommandKeys(): void {
  useEffect(() => {
    const handleKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const isInText = isTextField(event.target);
      // The last registered wins: a page over the shell, a dialog over the page.
      const command = selectCommands(useCommandRegistry.getState()).findLast(
        ({ keys, worksInText }) => keys !== undefined && matchKeys(keys, event) && (!isInText || worksInText === true),
      );
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', handleKeyDown);
    return () => window.removeEventListener('keydown', handleKeyDown);
  }, []);
}

/** Where typing belongs to the field: shortcuts keep out and native undo stays. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'submit'].includes(target.type);
}
