import type { TablerIcon } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** Something that can be gone to by its name: a step, a pipeline, a run. */
export interface Thing {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly detail?: string | undefined;
  readonly keywords?: string | undefined;
  readonly icon: TablerIcon;
  readonly run: () => void;
}

interface ThingRegistry {
  readonly lists: ReadonlyMap<string, () => readonly Thing[]>;
}

/** What parts of the page have to go to. They are asked when somebody looks, not before: a pipeline has thousands of steps. */
export const useThingRegistry = create<ThingRegistry>()(() => ({ lists: new Map() }));

/** Offers the things of a part while it is on the page. */
export function useThings(owner: string, list: () => readonly Thing[]): void {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  useEffect(() => {
    useThingRegistry.setState(({ lists }) => ({ lists: new Map(lists).set(owner, () => latest.current()) }));
    return () => useThingRegistry.setState(({ lists }) => ({ lists: new Map([...lists].filter(([other]) => other !== owner)) }));
  }, [owner]);
}
