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

export function useUnsentText(place: string): readonly [text: string, set: (text: string) => void] {
  const text = useUnsent(({ value }) => value[place] ?? '');
  const set = useCallback(
    (next: string) => useUnsent.change(place, ({ [place]: _before, ...others }) => (next === '' ? others : { ...others, [place]: next })),
    [place],
  );
  return [text, set];
}
