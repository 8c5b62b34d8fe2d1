import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Point } from '../../../canvas/geometry.ts';
import { useAwaitedEnter } from '../palette/use-awaited-enter.ts';
import classes from './overlays.module.css';

interface MenuItem {
  readonly id: string;
  readonly content: ReactNode;
  /** Seen, with its reason, and not to be chosen. */
  readonly isOff?: boolean;
}

export interface MenuGroup {
  readonly title: string | null;
  readonly items: readonly MenuItem[];
}

interface SearchMenuProps {
  readonly label: string;
  readonly placeholder: string;
  /** Where it opens, in pixels of the window; it moves to stay inside. */
  readonly at: Point;
  readonly groups: readonly MenuGroup[];
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
  /** Over the list: what it is about. */
  readonly head?: ReactNode;
  readonly nothing: string;
  /** What there is to choose from is not known yet: Enter waits for it. */
  readonly isLoading?: boolean;
}

const size = { width: 340, height: 380 } as const;
const margin = 8;

/** A list to search and choose from, at a place: typed into at once, walked with arrows, left with Esc. */
export function SearchMenu({ label, placeholder, at, groups, query, onQuery, onChoose, onClose, head, nothing, isLoading = false }: SearchMenuProps) {
  const listId = useId();
  const menu = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const items = groups.flatMap((group) => group.items);
  const choices = items.filter((item) => item.isOff !== true);
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = choices.find(({ id }) => id === activeId) ?? choices[0];
  const take = (): void => {
    if (active) onChoose(active.id);
  };
  const { wait, forget } = useAwaitedEnter({ isLoading, query, take });
  useCloseOutside(menu, onClose);
  useBorrowedFocus(search);
  useLayoutEffect(() => {
    menu.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  });

  const walk = (by: number): void => {
    const here = choices.findIndex(({ id }) => id === active?.id);
    const next = choices[(here + by + choices.length) % Math.max(1, choices.length)];
    if (next) setActiveId(next.id);
  };
  const handleKeyDown = (event: KeyboardEvent): void => {
    const act = { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Enter: isLoading ? wait : take, Escape: onClose, Tab: onClose }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the list, typed into its search
    <div ref={menu} className={classes.menu} style={placeInside(at)} role="dialog" aria-label={label} onKeyDown={handleKeyDown}>
      {head}
      <TextInput
        className={classes.menuSearch}
        size="xs"
        placeholder={placeholder}
        aria-label={label}
        leftSection={<IconSearch size={14} stroke={1.8} />}
        value={query}
        onChange={(event) => {
          onQuery(event.currentTarget.value);
          setActiveId(null);
        }}
        onBlur={forget}
        ref={search}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
      />
      <div className={classes.menuList} id={listId} role="listbox" aria-label={label}>
        {groups.map((group) => (
          <div key={group.title ?? ''} role="group" aria-label={group.title ?? label}>
            {group.title !== null && <div className={classes.menuGroup}>{group.title}</div>}
            {group.items.map((item) => (
              // The search has the keyboard, and says which option is active.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={item.id}
                id={`${listId}-${item.id}`}
                className={classes.menuItem}
                role="option"
                aria-selected={item.id === active?.id}
                aria-disabled={item.isOff || undefined}
                data-active={item.id === active?.id || undefined}
                onPointerMove={() => item.isOff || setActiveId(item.id)}
                onClick={() => item.isOff || onChoose(item.id)}
              >
                {item.content}
              </div>
            ))}
          </div>
        ))}
        {items.length === 0 && <p className={classes.menuNothing}>{nothing}</p>}
      </div>
    </div>
  );
}

function placeInside({ x, y }: Point) {
  const left = Math.max(margin, Math.min(x, window.innerWidth - size.width - margin));
  const top = Math.max(margin, Math.min(y, window.innerHeight - size.height - margin));
  return { left, top, width: size.width, maxHeight: size.height };
}

function useCloseOutside(element: RefObject<HTMLElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const handlePointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && !element.current?.contains(event.target)) close.current();
    };
    document.addEventListener('pointerdown', handlePointerDown, true);
    return () => document.removeEventListener('pointerdown', handlePointerDown, true);
  }, [element]);
}

/** The keyboard goes into a field, and back to where it was when the menu closes. */
function useBorrowedFocus(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [field]);
}
