import { CodeChanges } from '@pipewright/shared/http/component-code.ts';
import { z } from 'zod';
import { create } from 'zustand';
import type { CodePlace } from '../../../api/component-code.ts';

const storageKey = 'pipewright.code-edits';
const Stored = z.record(z.string(), CodeChanges);
const nothing: CodeChanges = {};

interface CodeEdits {
  /** What is changed and no version yet, by the component as a draft names it. */
  readonly byPlace: Readonly<Record<string, CodeChanges>>;
  /** Null takes the file away; undefined leaves it as it is in the version. */
  readonly change: (place: CodePlace, path: string, text: string | null | undefined) => void;
  readonly forget: (place: CodePlace) => void;
}

const keyOf = ({ draft, component }: CodePlace): string => `${draft} ${component}`;

/** Edits of code are kept in this browser until they are saved or thrown away: closing a window loses none. */
export const useCodeEdits = create<CodeEdits>()((set) => ({
  byPlace: read(),
  change: (place, path, text) =>
    set(({ byPlace }) => {
      const { [path]: _old, ...others } = byPlace[keyOf(place)] ?? nothing;
      return { byPlace: put(byPlace, keyOf(place), text === undefined ? others : { ...others, [path]: text }) };
    }),
  forget: (place) => set(({ byPlace }) => ({ byPlace: put(byPlace, keyOf(place), nothing) })),
}));

useCodeEdits.subscribe(({ byPlace }) => {
  try {
    localStorage.setItem(storageKey, JSON.stringify(byPlace));
  } catch {
    // Storage is full or forbidden: they last as long as the page.
  }
});

export const useChangesOf = (place: CodePlace): CodeChanges => useCodeEdits(({ byPlace }) => byPlace[keyOf(place)] ?? nothing);

function put(byPlace: CodeEdits['byPlace'], key: string, changes: CodeChanges): CodeEdits['byPlace'] {
  const { [key]: _old, ...others } = byPlace;
  return Object.keys(changes).length === 0 ? others : { ...others, [key]: changes };
}

function read(): CodeEdits['byPlace'] {
  try {
    return Stored.catch({}).parse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}
