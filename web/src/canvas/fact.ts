import { useSyncExternalStore } from 'react';

/** Something that can be read now and says when it may have changed; a component that uses it wakes for nothing else. */
export interface Fact<T> {
  readonly subscribe: (listener: () => void) => () => void;
  /** The same value until something it is made from changes. */
  readonly get: () => T;
}

interface Changing {
  readonly subscribe: (listener: () => void) => () => void;
}

interface FactParts<I extends readonly unknown[], T> {
  /** What may change it. */
  readonly from: readonly Changing[];
  /** What it is made from, read from those; compared one by one. */
  readonly read: () => I;
  readonly make: (inputs: I) => T;
}

/** A fact made from several stores: worked out anew only when what it is made from is another. */
export function factOf<const I extends readonly unknown[], T>({ from, read, make }: FactParts<I, T>): Fact<T> {
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
      known = { inputs, value: make(inputs) };
      return known.value;
    },
  };
}

const never = (): (() => void) => () => {};

/** For what stands still. */
export const constantFact = <T>(value: T): Fact<T> => ({ subscribe: never, get: () => value });

export function useFact<T>(fact: Fact<T>): T {
  return useSyncExternalStore(fact.subscribe, fact.get);
}
