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
  /** Under the list: what else can be done in it. */
  readonly foot?: ReactNode;
  /** Beside the list: more of the item that is active. */
  readonly aside?: (active: string) => ReactNode;
  /** Keys besides those of every list; true when it was one of them. */
  readonly onKey?: (event: KeyboardEvent, active: string | null) => boolean;
}

const size = { width: 340, height: 380 } as const;
const margin = 8;
const asideWidth = 300;

/** A list to search and choose from, at a place: typed into at once, walked with arrows, left with Esc. */
export function SearchMenu({
  label,
  placeholder,
  at,
  groups,
  query,
  onQuery,
  onChoose,
  onClose,
  head,
  nothing,
  isLoading = false,
  foot,
  aside,
  onKey,
}: SearchMenuProps) {
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
  const beside = active && aside?.(active.id);
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
    if (onKey?.(event, active?.id ?? null)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const act = { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Enter: isLoading ? wait : take, Escape: onClose, Tab: onClose }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the list, typed into its search
    <div ref={menu} className={classes.menu} style={placeInside(at)} role="dialog" aria-label={label} onKeyDown={handleKeyDown}>
      {beside !== undefined && beside !== null && <Aside at={at}>{beside}</Aside>}
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
      <MenuList id={listId} label={label} groups={groups} active={active?.id ?? null} onActive={setActiveId} onChoose={onChoose} nothing={nothing} />
      {foot !== undefined && <div className={classes.menuFoot}>{foot}</div>}
    </div>
  );
}

interface MenuListProps extends Pick<SearchMenuProps, 'label' | 'groups' | 'onChoose' | 'nothing'> {
  readonly id: string;
  readonly active: string | null;
  readonly onActive: (id: string) => void;
}

function MenuList({ id, label, groups, active, onActive, onChoose, nothing }: MenuListProps) {
  const isEmpty = groups.every(({ items }) => items.length === 0);
  return (
    <div className={classes.menuList} id={id} role="listbox" aria-label={label}>
      {groups.map((group) => (
        <div key={group.title ?? ''} role="group" aria-label={group.title ?? label}>
          {group.title !== null && <div className={classes.menuGroup}>{group.title}</div>}
          {group.items.map((item) => (
            // The search has the keyboard, and says which option is active.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={item.id}
              id={`${id}-${item.id}`}
              className={classes.menuItem}
              role="option"
              aria-selected={item.id === active}
              aria-disabled={item.isOff || undefined}
              data-active={item.id === active || undefined}
              onPointerMove={() => item.isOff || onActive(item.id)}
              onClick={() => item.isOff || onChoose(item.id)}
            >
              {item.content}
            </div>
          ))}
        </div>
      ))}
      {isEmpty && <p className={classes.menuNothing}>{nothing}</p>}
    </div>
  );
}

/** On the side where there is room; on a page too narrow for both it is left out. */
function Aside({ at, children }: { readonly at: Point; readonly children: ReactNode }) {
  const { left } = placeInside(at);
  const isRight = left + size.width + asideWidth + margin <= window.innerWidth;
  if (!isRight && left < asideWidth + margin) return null;
  return (
    <div className={classes.menuAside} data-side={isRight ? 'right' : 'left'} style={{ width: asideWidth }}>
      {children}
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
