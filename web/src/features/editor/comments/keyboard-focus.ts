import { type RefObject, useLayoutEffect } from 'react';

const reachable = 'button, textarea';

/** What goes away while the keyboard is in it hands it on: to what comes after it, else before it, else to where something new is said. */
export function useHandOnFocus(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element?.contains(document.activeElement)) nextTo(element)?.focus();
    };
  }, [ref]);
}

function nextTo(element: HTMLElement): HTMLElement | null {
  const siblings = [...(element.parentElement?.children ?? [])];
  const index = siblings.indexOf(element);
  for (const sibling of [...siblings.slice(index + 1), ...siblings.slice(0, index).toReversed()]) {
    const found = sibling.matches(reachable) ? sibling : sibling.querySelector(reachable);
    if (found instanceof HTMLElement) return found;
  }
  return document.querySelector<HTMLElement>('[data-comment-composer] textarea');
}

/** Nobody has gone on to something else: the keyboard is in the thread, or in what has just gone away. */
export function isKeyboardAt(thread: string): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.closest('[data-comment]')?.getAttribute('data-comment') === thread;
}
