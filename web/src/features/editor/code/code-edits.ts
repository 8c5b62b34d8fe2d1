import { CodeChanges, longestCodeText } from '@pipewright/shared/http/component-code.ts';
import { z } from 'zod';
import type { CodePlace } from '../../../api/component-code.ts';
import { createKeptStore } from '../../../ui/kept-store.ts';
import { formatBytes } from '../../../ui/format/number.ts';
import { entriesOf } from '../../../ui/stored.ts';

/** What is changed and no version yet, by the component as a draft names it. */
type CodeEdits = Readonly<Record<string, CodeChanges>>;

const nothing: CodeChanges = {};
const keyOf = ({ draft, component }: CodePlace): string => `${draft} ${component}`;

/** Edits of code are kept in this browser until they are saved or thrown away: closing a window loses none, and neither does one that is too long for a version. */
export const useCodeEdits = createKeptStore<CodeEdits>({
  key: 'pipewright.code-edits',
  of: 'browser',
  schema: entriesOf(entriesOf(z.string().nullable())),
  empty: {},
});

export const useChangesOf = (place: CodePlace): CodeChanges => useCodeEdits(({ value }) => value[keyOf(place)] ?? nothing);

/** Why they cannot become a version; null: they can. */
export function whyNoVersion(changes: CodeChanges): string | null {
  const long = Object.keys(changes).find((path) => (changes[path]?.length ?? 0) > longestCodeText);
  if (long !== undefined) return `${long} is too long to be edited here: a version takes ${formatBytes(longestCodeText)} of text in a file.`;
  const { error } = CodeChanges.safeParse(changes);
  return error ? `${error.issues[0]?.message ?? 'They are no files'}.` : null;
}

/** Null takes the file away; undefined leaves it as it is in the version. */
export function changeCode(place: CodePlace, path: string, text: string | null | undefined): void {
  const key = keyOf(place);
  useCodeEdits.change(`${key} ${path}`, (edits) => {
    const { [path]: _old, ...others } = edits[key] ?? nothing;
    return put(edits, key, text === undefined ? others : { ...others, [path]: text });
  });
}

/** What was sent is a version now; what was written since is none. */
export function forgetSentCode(place: CodePlace, sent: CodeChanges): void {
  const key = keyOf(place);
  for (const [path, text] of Object.entries(sent)) {
    useCodeEdits.change(`${key} ${path} sent`, (edits) => {
      const { [path]: now, ...others } = edits[key] ?? nothing;
      return now === text ? put(edits, key, others) : edits;
    });
  }
}

/** What is left of a version is of the one that was made of it. */
export function moveCode(place: CodePlace, component: string): void {
  const [from, to] = [keyOf(place), keyOf({ ...place, component })];
  useCodeEdits.change(`${from} moved`, (edits) => put(put(edits, from, nothing), to, { ...edits[to], ...edits[from] }));
}

export function forgetCode(place: CodePlace): void {
  useCodeEdits.change(keyOf(place), (edits) => put(edits, keyOf(place), nothing));
}

function put(edits: CodeEdits, key: string, changes: CodeChanges): CodeEdits {
  const { [key]: _old, ...others } = edits;
  return Object.keys(changes).length === 0 ? others : { ...others, [key]: changes };
}
