import { z } from 'zod';

/** Where something is kept: one entry, which is read through its schema. */
export interface StoredPlace<T> {
  readonly key: string;
  /** For all windows of this browser, or for this window until it is closed. */
  readonly of: 'browser' | 'window';
  readonly schema: z.ZodType<T>;
  /** What holds where nothing is kept, or nothing that can be understood. */
  readonly empty: T;
}

export const readStored = <T>(place: StoredPlace<T>): T => parseStored(place, readText(place));

/** Answers whether it is kept: storage may be full, or forbidden. */
export const writeStored = <T>(place: StoredPlace<T>, value: T): boolean => writeText(place, JSON.stringify(value));

/** Null where browsers keep nothing of this page. */
export function storageOf({ of }: Pick<StoredPlace<unknown>, 'of'>): Storage | null {
  try {
    return of === 'browser' ? localStorage : sessionStorage;
  } catch {
    return null;
  }
}

export function parseStored<T>({ schema, empty }: StoredPlace<T>, text: string | null): T {
  if (text === null) return empty;
  try {
    return schema.catch(empty).parse(JSON.parse(text));
  } catch {
    return empty;
  }
}

/** Entries that are read one by one: one that cannot be understood takes none of the others with it. */
export const entriesOf = <T>(entry: z.ZodType<T>): z.ZodType<Readonly<Record<string, T>>> =>
  z.record(z.string(), z.unknown()).transform((entries) =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([key, kept]): [string, T][] => {
        const { success, data } = entry.safeParse(kept);
        return success ? [[key, data]] : [];
      }),
    ),
  );

export function readText(place: Pick<StoredPlace<unknown>, 'key' | 'of'>): string | null {
  try {
    return storageOf(place)?.getItem(place.key) ?? null;
  } catch {
    return null;
  }
}

export function writeText(place: Pick<StoredPlace<unknown>, 'key' | 'of'>, text: string): boolean {
  try {
    const storage = storageOf(place);
    storage?.setItem(place.key, text);
    return storage !== null;
  } catch {
    return false;
  }
}
