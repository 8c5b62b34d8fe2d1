import { z } from 'zod';
import { create } from 'zustand';
import type { CodePlace } from '../../../api/component-code.ts';
import { WrittenComponent } from './written-component.ts';

const storageKey = 'pipewright.component-edits';
const Stored = z.record(z.string(), WrittenComponent);

interface ComponentEdits {
  /** What is written of components and no version yet, by the component as a draft names it. */
  readonly byPlace: Readonly<Record<string, WrittenComponent>>;
  /** Null: it is as the version says. */
  readonly write: (place: CodePlace, written: WrittenComponent | null) => void;
}

const keyOf = ({ draft, component }: CodePlace): string => `${draft} ${component}`;

/** Like edits of code, they are kept in this browser until they are saved or thrown away. */
export const useComponentEdits = create<ComponentEdits>()((set) => ({
  byPlace: read(),
  write: (place, written) =>
    set(({ byPlace }) => {
      const { [keyOf(place)]: _before, ...others } = byPlace;
      return { byPlace: written === null ? others : { ...others, [keyOf(place)]: written } };
    }),
}));

useComponentEdits.subscribe(({ byPlace }) => {
  try {
    localStorage.setItem(storageKey, JSON.stringify(byPlace));
  } catch {
    // Storage is full or forbidden: they last as long as the page.
  }
});

export const useWrittenAt = (place: CodePlace): WrittenComponent | null => useComponentEdits(({ byPlace }) => byPlace[keyOf(place)] ?? null);

function read(): ComponentEdits['byPlace'] {
  try {
    return Stored.catch({}).parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}
