import { type FocusEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { isFarTooLong, isLongText } from '../../model/long-text.ts';
import type { ParameterField } from '../../model/parameter-fields.ts';

/** Whether a parameter shows as a text too long for its field, and its large window. */
export interface LongText {
  readonly isShown: boolean;
  readonly isLarge: boolean;
  readonly setIsLarge: (isLarge: boolean) => void;
}

export interface LongTextVisit extends LongText {
  /** What is written next may change the control at once. */
  readonly endVisit: () => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/**
 * The control stays what it is while the keyboard is in it, or in what it has opened: one that went away under a key
 * would leave the next keys to the canvas. Where it does go, the keyboard goes on to what takes its place.
 */
export function useLongText(control: RefObject<HTMLElement | null>, field: ParameterField, value: unknown): LongTextVisit {
  const { widget } = field;
  const [held, setHeld] = useState<boolean | null>(null);
  const [isLarge, setIsLarge] = useState(false);
  const lastFocus = useRef<Event | null>(null);
  const isShown = isLarge || isFarTooLong(value, widget) || (held ?? isLongText(value, widget));
  const isVisited = held !== null;
  useEffect(() => {
    if (!isVisited) return undefined;
    // What React has handed to the control before lies in it, though perhaps not in the page.
    const look = (event: Event): void => {
      if (event === lastFocus.current) return;
      lastFocus.current = null;
      setHeld(null);
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, [isVisited]);
  useLayoutEffect(() => {
    if (lastFocus.current !== null && document.activeElement === document.body) control.current?.querySelector<HTMLElement>(reachable)?.focus();
  }, [control, isShown]);
  return {
    isShown,
    isLarge,
    setIsLarge,
    endVisit: () => setHeld(null),
    onFocus: ({ nativeEvent }) => {
      lastFocus.current = nativeEvent;
      setHeld(isShown);
    },
  };
}

const reachable = 'input:not([type="hidden"]), textarea, [contenteditable="true"], button';
