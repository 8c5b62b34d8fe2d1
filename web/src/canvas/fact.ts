import { useSyncExternalStore } from 'react';

/** Something that can be read now and says when it may have changed; a component that uses it wakes for nothing else. */
export interface Fact<T> {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same value until something it is made from changes. */
  readonly get: () => T;
}

export interface Changing {
  readonly subscribe: (listener: () => void) => () => void;
}

interface FactParts<I extends readonly unknown[], T> {
  /** What may change it. */
  readonly from: readonly Changing[];
  /** What it is made from, read from those; compared one by one. */
  readonly read: () => I;
  readonly make: (inputs: I) => T;
  /** Whether what was made anew says the same: then it stays what it was, and nobody is woken. */
  readonly isSame?: (a: T, b: T) => boolean;
}

/** A fact made from several stores: worked out anew only when what it is made from is another. */
export function factOf<const I extends readonly unknown[], T>({ from, read, make, isSame = Object.is }: FactParts<I, T>): Fact<T> {
  let known: { readonly inputs: I; readonly value: T } | null = null;
  return {
    subscribe: (listener) => {
      const stops = from.map(({ subscribe }) => subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    get: () => {
      const inputs = read();
      if (known?.inputs.every((input, index) => Object.is(input, inputs[index]))) return known.value;
      const value = make(inputs);
      known = { inputs, value: known && isSame(known.value, value) ? known.value : value };
      return known.value;
    },
  };
}

interface StoreOf<S> {
  readonly getState: () => S;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * The changes of some members of a store. However many listen, the members are compared once for each change, and nobody
 * is woken by the others: a thousand nodes do not hear of a step that is dragged.
 */
export function changesOf<S extends object>({ getState, subscribe }: StoreOf<S>, members: readonly (keyof S)[]): Changing {
  const read = (): unknown[] => {
    const state = getState();
    return members.map((member) => state[member]);
  };
  return sharedChanges((listener) => {
    let known = read();
    return subscribe(() => {
      const now = read();
      if (now.every((value, index) => Object.is(value, known[index]))) return;
      known = now;
      listener();
    });
  });
}

/** One subscription for however many listen, held for as long as somebody does. */
export function sharedChanges(subscribe: Changing['subscribe']): Changing {
  const listeners = new Set<() => void>();
  let stop: (() => void) | null = null;
  return {
    subscribe: (listener) => {
      // Another object each time: the same function may listen twice.
      const wake = (): void => listener();
      listeners.add(wake);
      stop ??= subscribe(() => {
        for (const each of listeners) each();
      });
      return () => {
        listeners.delete(wake);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}

const never = (): (() => void) => () => {};

/** For what stands still. */
export const constantFact = <T>(value: T): Fact<T> => ({ subscribe: never, get: () => value });
export const unchanging: Changing = { subscribe: never };

export function useFact<T>(fact: Fact<T>): T {
  return useSyncExternalStore(fact.subscribe, fact.get);
}
