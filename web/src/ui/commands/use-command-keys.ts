import { useEffect } from 'react';
import { selectCommands, useCommandRegistry } from './command-registry.ts';
import type { Command } from './command.ts';
import { matchKeys, splitSequence } from './match-keys.ts';

const sequenceMs = 1200;

/** The one listener that runs commands by their keys. Used once, by the shell. */
export function useCommandKeys(): void {
  useEffect(() => {
    let begun: { readonly key: string; readonly at: number } | null = null;
    const handleKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const isInText = isTextField(event.target);
      const first = begun !== null && event.timeStamp - begun.at < sequenceMs ? begun.key : null;
      begun = isModifier(event.key) ? begun : null;
      const isMeant = ({ keys, otherKeys, worksInText, keysWorkAt }: Command): boolean => {
        if (keys === undefined || (isInText && worksInText !== true) || keysWorkAt?.(event.target) === false) return false;
        if (first === null && otherKeys?.some((other) => matchKeys(other, event))) return true;
        const sequence = splitSequence(keys);
        if (!sequence) return first === null && matchKeys(keys, event);
        return first === sequence[0] && matchKeys(sequence[1], event);
      };
      // The last registered wins: a page over the shell, a dialog over the page.
      const commands = selectCommands(useCommandRegistry.getState());
      const command = commands.findLast(isMeant);
      if (!command) {
        const start = isInText ? undefined : commands.find(({ keys }) => matchKeys(splitSequence(keys ?? '')?.[0] ?? 'none', event));
        if (start) begun = { key: splitSequence(start.keys ?? '')?.[0] ?? '', at: event.timeStamp };
        return;
      }
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', handleKeyDown);
    return () => window.removeEventListener('keydown', handleKeyDown);
  }, []);
}

const isModifier = (key: string): boolean => ['Shift', 'Control', 'Alt', 'Meta'].includes(key);

/** Where typing belongs to the field: shortcuts keep out and native undo stays. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'submit'].includes(target.type);
}
