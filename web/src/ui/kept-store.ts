import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { parseStored, readText, storageOf, type StoredPlace, writeText } from './stored.ts';

/** `isKept`: it outlives the page, because storage is there and has taken all that was written last. */
type KeptStore<T> = UseBoundStore<StoreApi<{ readonly value: T; readonly isKept: boolean }>> & {
  /** `what` is set by `make`, whatever the rest is by then: a later change of the same thing takes the place of an earlier one. */
  readonly change: (what: string, make: (value: T) => T) => void;
};

/** Nothing is written while somebody types. */
const restMs = 300;

/**
 * What this page keeps in the browser. Other windows keep theirs in the same place: only what was changed here is put on
 * top of what stands there when it is written, and what others write is heard. It is written after a rest, and when the
 * page goes; what could not be written lasts as long as the page, and is tried again with the next change.
 */
export function createKeptStore<T>(place: StoredPlace<T>): KeptStore<T> {
  let text = readText(place);
  const unwritten = new Map<string, (value: T) => T>();
  let rest: ReturnType<typeof setTimeout> | undefined;
  const store = create<{ readonly value: T; readonly isKept: boolean }>()(() => ({ value: parseStored(place, text), isKept: storageOf(place) !== null }));

  /** What stands there now, with what was changed here and is not written. */
  const takeIn = (): T => {
    const now = readText(place);
    // Else it is what is shown, and what is the same stays so.
    if (now === text) return store.getState().value;
    text = now;
    return [...unwritten.values()].reduce((value, make) => make(value), parseStored(place, now));
  };
  const write = (): void => {
    clearTimeout(rest);
    if (unwritten.size === 0) return;
    const value = takeIn();
    const next = JSON.stringify(value);
    const isKept = writeText(place, next);
    if (isKept) {
      text = next;
      unwritten.clear();
    }
    store.setState({ value, isKept });
  };

  // Tests without a page have nothing to hear from.
  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', write);
    window.addEventListener('storage', ({ storageArea, key }) => {
      // No key: all was cleared.
      if (storageArea === storageOf(place) && (key === place.key || key === null)) store.setState({ value: takeIn() });
    });
  }
  return Object.assign(store, {
    change: (what: string, make: (value: T) => T) => {
      // The last change is made last.
      unwritten.delete(what);
      unwritten.set(what, make);
      store.setState(({ value }) => ({ value: make(value) }));
      clearTimeout(rest);
      rest = setTimeout(write, restMs);
    },
  });
}
