interface Order {
  readonly next: Map<string | null, string | null>;
  readonly previous: Map<string | null, string | null>;
}

/** The members of a record while they change one after the other, in their order. The record is copied once, when the first of them does. */
export class MembersInWork<V> {
  #members: Readonly<Record<string, V>>;
  #copy: Record<string, V> | null = null;
  /** Who stands after whom, `null` being before the first and after the last; only once somebody has asked. */
  #order: Order | null = null;
  /** Somebody came to stand before another: the record has another order than its members. */
  #isMoved = false;

  constructor(members: Readonly<Record<string, V>>) {
    this.#members = members;
  }

  only(name: string): Record<string, V> {
    return onlyMember(this.#members, name);
  }

  after(name: string): string | undefined {
    return this.#ordered().next.get(name) ?? undefined;
  }

  /** As it stands in another record, or gone where it does not. A new one comes last, or before another if that is there. */
  take(name: string, from: Readonly<Record<string, V>>, before?: string): void {
    const isKnown = Object.hasOwn(this.#members, name);
    const value = Object.hasOwn(from, name) ? from[name] : undefined;
    if (value === undefined) {
      if (isKnown) this.#remove(name);
      return;
    }
    if (isKnown && this.#members[name] === value) return;
    define(this.#own(), name, value);
    if (!isKnown) this.#place(name, before !== undefined && before !== name && Object.hasOwn(this.#members, before) ? before : null);
  }

  /** The very record it began with, where nothing has changed. */
  all(): Readonly<Record<string, V>> {
    if (!this.#isMoved) return this.#members;
    const { next } = this.#ordered();
    const record: Record<string, V> = {};
    for (let name = next.get(null); name !== undefined && name !== null; name = next.get(name)) {
      const value = this.#members[name];
      if (value !== undefined) define(record, name, value);
    }
    return record;
  }

  #own(): Record<string, V> {
    const copy = (this.#copy ??= { ...this.#members });
    this.#members = copy;
    return copy;
  }

  #ordered(): Order {
    if (this.#order) return this.#order;
    const names: (string | null)[] = [null, ...Object.keys(this.#members), null];
    this.#order = { next: new Map(), previous: new Map() };
    for (let index = 1; index < names.length; index += 1) this.#link(names[index - 1] ?? null, names[index] ?? null);
    return this.#order;
  }

  #link(first: string | null, second: string | null): void {
    this.#order?.next.set(first, second);
    this.#order?.previous.set(second, first);
  }

  #place(name: string, before: string | null): void {
    // In the record it has come last by itself.
    if (before === null && !this.#order) return;
    const { previous } = this.#ordered();
    // The order that was found just now has it last already.
    if (previous.get(null) === name) this.#link(previous.get(name) ?? null, null);
    this.#isMoved ||= before !== null;
    this.#link(previous.get(before) ?? null, name);
    this.#link(name, before);
  }

  #remove(name: string): void {
    const order = this.#order;
    if (order) {
      this.#link(order.previous.get(name) ?? null, order.next.get(name) ?? null);
      order.next.delete(name);
      order.previous.delete(name);
    }
    Reflect.deleteProperty(this.#own(), name);
  }
}

/** A record of that member alone; without any where there is no such member. */
export function onlyMember<V>(members: Readonly<Record<string, V>>, name: string): Record<string, V> {
  const record: Record<string, V> = {};
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  if (value !== undefined) define(record, name, value);
  return record;
}

/** Also where it is called `__proto__`. */
function define<V>(record: Record<string, V>, name: string, value: V): void {
  if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else record[name] = value;
}
