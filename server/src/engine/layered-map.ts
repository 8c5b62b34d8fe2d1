/** A change on top is copied with every further one; when there are this many they become part of the whole. */
const mostOnTop = 128;

/**
 * A map that is cheap to copy with one entry changed, however large it is: a shared whole, and a few changes on top.
 * Looks like any other map from outside, and like it never changes: `with…` answers another one.
 */
export class LayeredMap<K, V> implements ReadonlyMap<K, V> {
  readonly #whole: ReadonlyMap<K, V>;
  /** Undefined: taken away. */
  readonly #top: ReadonlyMap<K, V | undefined>;
  readonly size: number;

  constructor(whole: ReadonlyMap<K, V> = new Map(), top: ReadonlyMap<K, V | undefined> = new Map()) {
    if (top.size > mostOnTop) {
      this.#whole = new Map(entriesOf(whole, top));
      this.#top = new Map();
      this.size = this.#whole.size;
      return;
    }
    this.#whole = whole;
    this.#top = top;
    let size = whole.size;
    for (const [key, value] of top) size += (value === undefined ? 0 : 1) - (whole.has(key) ? 1 : 0);
    this.size = size;
  }

  /** With these entries; those that are undefined are taken away. */
  with(changes: ReadonlyMap<K, V | undefined>): LayeredMap<K, V> {
    if (changes.size === 0) return this;
    const top = new Map(this.#top);
    for (const [key, value] of changes) top.set(key, value);
    return new LayeredMap(this.#whole, top);
  }

  get(key: K): V | undefined {
    return this.#top.has(key) ? this.#top.get(key) : this.#whole.get(key);
  }

  has(key: K): boolean {
    return this.#top.has(key) ? this.#top.get(key) !== undefined : this.#whole.has(key);
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  entries(): MapIterator<[K, V]> {
    return entriesOf(this.#whole, this.#top);
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}

function* entriesOf<K, V>(whole: ReadonlyMap<K, V>, top: ReadonlyMap<K, V | undefined>): MapIterator<[K, V]> {
  for (const [key, before] of whole) {
    const value = top.has(key) ? top.get(key) : before;
    if (value !== undefined) yield [key, value];
  }
  for (const [key, value] of top) if (value !== undefined && !whole.has(key)) yield [key, value];
}

/** A layered map while a turn writes it. */
export class LayeredMapDraft<K, V> {
  readonly #before: LayeredMap<K, V>;
  readonly #changes = new Map<K, V | undefined>();
  #size: number;

  constructor(before: LayeredMap<K, V>) {
    this.#before = before;
    this.#size = before.size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: K): V | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#before.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  set(key: K, value: V): void {
    if (!this.has(key)) this.#size += 1;
    this.#changes.set(key, value);
  }

  delete(key: K): void {
    if (!this.has(key)) return;
    this.#size -= 1;
    this.#changes.set(key, undefined);
  }

  /** What it has come to so far. */
  finish(): LayeredMap<K, V> {
    return this.#before.with(this.#changes);
  }
}
