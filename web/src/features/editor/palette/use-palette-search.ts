import { type KeyboardEvent, type RefObject, useState } from 'react';

interface PaletteSearch {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly isSearching: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The search over a list of the palette: Enter takes the first that is found, an arrow goes down to it, Esc clears. */
export function usePaletteSearch(list: RefObject<HTMLElement | null>): PaletteSearch {
  const [query, setQuery] = useState('');
  const isSearching = query.trim() !== '';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && query !== '') {
      event.stopPropagation();
      setQuery('');
    }
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    const first = list.current?.querySelector<HTMLElement>('[data-palette-item]');
    if (event.key === 'Enter' && isSearching) first?.click();
    else first?.focus();
  };
  return { query, setQuery, isSearching, onKeyDown };
}

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
