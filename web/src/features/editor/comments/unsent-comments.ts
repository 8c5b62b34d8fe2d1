import { useCallback } from 'react';
import { z } from 'zod';
import { create } from 'zustand';

/** What somebody has begun to say and not sent, by where: it outlives the panel and a reload, in this window. */
const storageKey = 'pipewright.unsent-comments';
const Stored = z.record(z.string(), z.string());

const useUnsent = create<{ readonly texts: Readonly<Record<string, string>> }>()(() => ({ texts: read() }));

function read(): Record<string, string> {
  try {
    return Stored.catch({}).parse(JSON.parse(sessionStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}

useUnsent.subscribe(({ texts }) => {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(texts));
  } catch {
    // Storage is full or forbidden: it lasts as long as the page.
  }
});

export function useUnsentText(place: string): readonly [text: string, set: (text: string) => void] {
  const text = useUnsent((state) => state.texts[place] ?? '');
  const set = useCallback(
    (next: string) => useUnsent.setState(({ texts: { [place]: _before, ...others } }) => ({ texts: next === '' ? others : { ...others, [place]: next } })),
    [place],
  );
  return [text, set];
}
