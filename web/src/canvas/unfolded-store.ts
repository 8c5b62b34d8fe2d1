import { useMemo } from 'react';
import { z } from 'zod';
import { create } from 'zustand';

/**
 * Which pipelines lie unfolded, by the graph that they are looked at in (`run 41`, `draft x`). How a window looks at a
 * graph: it is no part of the document, and lasts as long as the window.
 */
interface UnfoldedStore {
  readonly keysOf: Readonly<Record<string, readonly string[]>>;
  readonly set: (graph: string, keys: readonly string[]) => void;
}

const storageKey = 'pipewright.unfolded';
/** Of so many graphs it is remembered; the one looked at longest ago is forgotten first. */
const mostGraphs = 40;
const Stored = z.record(z.string(), z.array(z.string()));

const useUnfoldedStore = create<UnfoldedStore>()((set) => ({
  keysOf: read(),
  set: (graph, keys) =>
    set(({ keysOf: { [graph]: _before, ...others } }) => {
      const keysOf = Object.fromEntries([...Object.entries(others), [graph, keys] as const].slice(-mostGraphs));
      write(keysOf);
      return { keysOf };
    }),
}));

function read(): UnfoldedStore['keysOf'] {
  try {
    return Stored.catch({}).parse(JSON.parse(sessionStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}

function write(keysOf: UnfoldedStore['keysOf']): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(keysOf));
  } catch {
    // Storage is full or forbidden: it lasts as long as the page.
  }
}

const none: readonly string[] = [];

export interface Unfolded {
  readonly keys: readonly string[];
  readonly toggle: (key: string) => void;
  readonly fold: (key: string) => void;
  readonly unfold: (keys: readonly string[]) => void;
}

export function useUnfolded(graph: string): Unfolded {
  const keys = useUnfoldedStore((state) => state.keysOf[graph] ?? none);
  const actions = useMemo(() => {
    const change = (make: (keys: readonly string[]) => readonly string[]): void => {
      const { keysOf, set } = useUnfoldedStore.getState();
      set(graph, make(keysOf[graph] ?? none));
    };
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
