import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { CodePlace } from '../../../api/component-code.ts';
import { createKeptStore } from '../../../ui/kept-store.ts';
import { entriesOf } from '../../../ui/stored.ts';
import { changesOf, type LeafComponent, rebasedOn, WrittenComponent } from './written-component.ts';

/** What is written of components and no version yet, by the component as a draft names it. */
type ComponentEdits = Readonly<Record<string, WrittenComponent>>;

const keyOf = ({ draft, component }: CodePlace): string => `${draft} ${component}`;

/** Like edits of code, they are kept in this browser until they are saved or thrown away. */
export const useComponentEdits = createKeptStore<ComponentEdits>({
  key: 'pipewright.component-edits',
  of: 'browser',
  schema: entriesOf(WrittenComponent),
  empty: {},
});

export const useWrittenAt = (place: CodePlace): WrittenComponent | null => useComponentEdits(({ value }) => value[keyOf(place)] ?? null);

/** Null: it is as the version says. */
export function writeComponent(place: CodePlace, written: WrittenComponent | null): void {
  const key = keyOf(place);
  useComponentEdits.change(key, ({ [key]: _before, ...others }) => (written === null ? others : { ...others, [key]: written }));
}

interface MadeOf {
  /** What was sent of it; null: nothing. */
  readonly sent: WrittenComponent | null;
  readonly reference: string;
  readonly component: LeafComponent;
}

/** What was sent is a version now; what was written since is written of that version. */
export function moveComponent(place: CodePlace, made: MadeOf): void {
  const [from, to] = [keyOf(place), keyOf({ ...place, component: made.reference })];
  useComponentEdits.change(`${from} moved`, (edits) => {
    const { [from]: now, ...others } = edits;
    if (!now) return edits;
    const left = rebasedOn(made.component, now, made.sent);
    const isSent = made.sent !== null && canonicalJson(now) === canonicalJson(made.sent);
    return isSent || changesOf(made.component, left) === null ? others : { ...others, [to]: left };
  });
}
