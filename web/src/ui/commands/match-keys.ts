const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key press is the one that `keys` describes (`Ctrl+Shift+Z`, `[`, `?`). */
export function matchKeys(keys: string, event: Pressed): boolean {
  const parts = keys.split('+').filter((part) => part !== '');
  const key = keys.endsWith('+') ? '+' : (parts.pop() ?? '');
  const wants = (modifier: string): boolean => parts.includes(modifier);
  if (wants('Ctrl') !== (isMac ? event.metaKey : event.ctrlKey)) return false;
  if (wants('Alt') !== event.altKey) return false;
  // Shift is part of how a sign is typed (`?`), so it only counts for letters and named keys.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  if (!isSign && wants('Shift') !== event.shiftKey) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** Two keys pressed one after the other: `G H`. */
export function splitSequence(keys: string): readonly [first: string, second: string] | null {
  const [first, second] = keys.split(' ');
  return first !== undefined && second !== undefined ? [first, second] : null;
}

/** The keys as they are written on this machine's keyboard. */
export function spellKeys(keys: string): string {
  const spelled = keys.split('+').map((part) => (isMac ? (macSigns[part] ?? part) : part));
  return spelled.join(isMac ? '' : ' ');
}

const macSigns: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵' };
