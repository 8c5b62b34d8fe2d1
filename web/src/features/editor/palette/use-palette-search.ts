import { type KeyboardEvent, type RefObject, useCallback, useState } from 'react';
import { useAwaitedEnter } from './use-awaited-enter.ts';

interface PaletteSearch {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly isSearching: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Whoever goes elsewhere does not wait any more. */
  readonly onBlur: () => void;
}

/**
 * The search over a list of the palette: Enter takes the first that is found, as soon as there is something to find it in;
 * an arrow goes down to it, Esc clears.
 */
export function usePaletteSearch(list: RefObject<HTMLElement | null>, isLoading: boolean): PaletteSearch {
  const [query, setQuery] = useState('');
  const isSearching = query.trim() !== '';
  const take = useCallback(() => firstIn(list)?.click(), [list]);
  const { wait, forget } = useAwaitedEnter({ isLoading, query, take });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && query !== '') {
      event.stopPropagation();
      setQuery('');
    }
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    if (event.key !== 'Enter' || !isSearching) firstIn(list)?.focus();
    else if (isLoading) wait();
    else take();
  };
  return { query, setQuery, isSearching, onKeyDown, onBlur: forget };
}

const firstIn = (list: RefObject<HTMLElement | null>): HTMLElement | null | undefined => list.current?.querySelector('[data-palette-item]');

/** Arrow keys walk through the items of the list. */
export function walkItems(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-palette-item]')];
  const here = items.findIndex((item) => item === document.activeElement);
  const next = items[here + (event.key === 'ArrowDown' ? 1 : -1)];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
