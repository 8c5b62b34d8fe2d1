import { useCallback } from 'react';
import { z } from 'zod';
import { createKeptStore } from '../../../ui/kept-store.ts';

/** What somebody has begun to say and not sent, by where: it outlives the panel and a reload, in this window. */
const useUnsent = createKeptStore<Readonly<Record<string, string>>>({
  key: 'pipewright.unsent-comments',
  of: 'window',
  schema: z.record(z.string(), z.string()),
  empty: {},
});

/** `original`: what stands there until somebody begins. */
export function useUnsentText(place: string, original = ''): readonly [text: string, set: (text: string) => void] {
  const text = useUnsent(({ value }) => value[place] ?? original);
  const set = useCallback(
    (next: string) => useUnsent.change(place, ({ [place]: _before, ...others }) => (next === original ? others : { ...others, [place]: next })),
    [place, original],
  );
  return [text, set];
}

export const isUnsent = (place: string): boolean => useUnsent.getState().value[place] !== undefined;

/** What was sent is said; what was written since is not, and stays: behind something new only that, of a rewording all of it. */
export function forgetSent(place: string, sent: string, isNew: boolean): void {
  useUnsent.change(`${place} sent`, (texts) => {
    const { [place]: now, ...others } = texts;
    if (now === undefined || now === sent) return others;
    return isNew && now.startsWith(sent) ? { ...others, [place]: now.slice(sent.length).trimStart() } : texts;
  });
}
