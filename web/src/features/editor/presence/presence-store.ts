import { peopleOf, type Person, type PresentWindow } from '@pipewright/shared/realtime/presence.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Who else has the draft open. Apart from the document and from the nodes: a selection elsewhere wakes the steps it is about. */
interface Presence {
  /** In the order in which they came; of oneself only the other windows. */
  readonly people: readonly Person[];
  /** By step: the names of those who have it selected. The same list while they are the same. */
  readonly namesAt: ReadonlyMap<string, readonly string[]>;
}
export type PresenceStore = StoreApi<Presence> & { readonly takeOver: (others: readonly PresentWindow[]) => void };

export function createPresenceStore(): PresenceStore {
  const store = createStore<Presence>()(() => ({ people: [], namesAt: new Map() }));
  return Object.assign(store, {
    takeOver: (others: readonly PresentWindow[]) => store.setState(({ namesAt }) => ({ people: peopleOf(others), namesAt: namesByStep(others, namesAt) })),
  });
}

function namesByStep(others: readonly PresentWindow[], before: Presence['namesAt']): Presence['namesAt'] {
  const next = new Map<string, string[]>();
  for (const { name, steps } of others) {
    for (const step of steps) {
      const names = next.get(step) ?? [];
      if (!names.includes(name)) next.set(step, [...names, name]);
    }
  }
  return new Map([...next].map(([step, names]) => [step, sameAs(before.get(step), names)]));
}

const sameAs = (before: readonly string[] | undefined, names: readonly string[]): readonly string[] =>
  before?.length === names.length && before.every((name, index) => name === names[index]) ? before : names;
