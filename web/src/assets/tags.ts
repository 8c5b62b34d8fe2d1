/** A tag as people write it: `KEY`, or `KEY=VALUE`. */
export const writeTag = ([key, value]: readonly [string, string]): string => (value === '' ? key : `${key}=${value}`);

export function readTags(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.flatMap((text): [string, string][] => {
      const [key = '', ...value] = text.split('=');
      return key.trim() === '' ? [] : [[key.trim(), value.join('=')]];
    }),
  );
}
