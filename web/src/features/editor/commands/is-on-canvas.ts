/** The canvas has the keyboard, or nothing has: a press in a panel belongs to the panel. */
export function isOnCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target === document.body) return true;
  return target.closest('[data-canvas]') !== null;
}
