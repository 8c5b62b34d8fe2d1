import { useMemo } from 'react';
import { z } from 'zod';
import { createKeptStore } from '../ui/kept-store.ts';

/** Of so many graphs it is remembered; the one looked at longest ago is forgotten first. */
const mostGraphs = 40;
const KeysOf = z.record(z.string(), z.array(z.string()));
type KeysOf = Readonly<Record<string, readonly string[]>>;

/**
 * Which pipelines lie unfolded, by the graph that they are looked at in (`run 41`, `draft x`). How a window looks at a
 * graph: it is no part of the document, and lasts as long as the window.
 */
const useKeysOf = createKeptStore<KeysOf>({ key: 'pipewright.unfolded', of: 'window', schema: KeysOf, empty: {} });

const setKeys = (graph: string, keys: readonly string[]): void =>
  useKeysOf.change(graph, ({ [graph]: _before, ...others }) => Object.fromEntries([...Object.entries(others), [graph, keys] as const].slice(-mostGraphs)));

const none: readonly string[] = [];

export interface Unfolded {
  readonly keys: readonly string[];
  readonly toggle: (key: string) => void;
  readonly fold: (key: string) => void;
  readonly unfold: (keys: readonly string[]) => void;
}

export function useUnfolded(graph: string): Unfolded {
  const keys = useKeysOf(({ value }) => value[graph] ?? none);
  const actions = useMemo(() => {
    const change = (make: (keys: readonly string[]) => readonly string[]): void => setKeys(graph, make(useKeysOf.getState().value[graph] ?? none));
    return {
      toggle: (key: string) => change((before) => (before.includes(key) ? before.filter((other) => other !== key) : [...before, key])),
      fold: (key: string) => change((before) => before.filter((other) => other !== key)),
      unfold: (more: readonly string[]) => change((before) => [...before, ...more.filter((key) => !before.includes(key))]),
    };
  }, [graph]);
  return useMemo(() => ({ keys, ...actions }), [keys, actions]);
}

/** The keys of pipelines that a step is in, outermost first: `a`, `a/b` for `a/b/c`. */
export function pipelinesAround(step: string): string[] {
  const parts = step.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
