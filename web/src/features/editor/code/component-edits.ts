import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { z } from 'zod';
import type { CodePlace } from '../../../api/component-code.ts';
import { createKeptStore } from '../../../ui/kept-store.ts';
import { WrittenComponent } from './written-component.ts';

/** What is written of components and no version yet, by the component as a draft names it. */
type ComponentEdits = Readonly<Record<string, WrittenComponent>>;

const keyOf = ({ draft, component }: CodePlace): string => `${draft} ${component}`;

/** Like edits of code, they are kept in this browser until they are saved or thrown away. */
export const useComponentEdits = createKeptStore<ComponentEdits>({
  key: 'pipewright.component-edits',
  of: 'browser',
  schema: z.record(z.string(), WrittenComponent),
  empty: {},
});

export const useWrittenAt = (place: CodePlace): WrittenComponent | null => useComponentEdits(({ value }) => value[keyOf(place)] ?? null);

/** Null: it is as the version says. */
export function writeComponent(place: CodePlace, written: WrittenComponent | null): void {
  const key = keyOf(place);
  useComponentEdits.change(key, ({ [key]: _before, ...others }) => (written === null ? others : { ...others, [key]: written }));
}

/** What was sent is a version now; what was written since is none. */
export function forgetSentComponent(place: CodePlace, sent: WrittenComponent): void {
  const key = keyOf(place);
  useComponentEdits.change(`${key} sent`, (edits) => {
    const { [key]: now, ...others } = edits;
    return now && canonicalJson(now) === canonicalJson(sent) ? others : edits;
  });
}
