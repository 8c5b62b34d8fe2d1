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
  if (!isSign(key) && wants('Shift') !== event.shiftKey) return false;
  return nameOf(event.key).toLowerCase() === key.toLowerCase();
}

/** A key press as it is written in `keys`; null while only modifiers are held. */
export function readKeys(event: Pressed): string | null {
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Process', 'Unidentified'].includes(event.key)) return null;
  const key = event.key.length === 1 ? nameOf(event.key.toUpperCase()) : event.key;
  const modifiers = [(isMac ? event.metaKey : event.ctrlKey) && 'Ctrl', event.altKey && 'Alt', event.shiftKey && !isSign(key) && 'Shift'].filter(
    (modifier) => modifier !== false,
  );
  return [...modifiers, key].join('+');
}

const nameOf = (key: string): string => (key === ' ' ? 'Space' : key);
/** What is typed the same with and without Shift names no Shift: `?`. */
const isSign = (key: string): boolean => key.length === 1 && key.toLowerCase() === key.toUpperCase();

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
