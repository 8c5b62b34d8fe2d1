/** A text of `name = value`, one a line, as a list of pairs; a line without a sign has no value yet. */
export function readPairs(text: string): readonly (readonly [name: string, value: string])[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return at === -1 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
}

export const writePairs = (pairs: readonly (readonly [name: string, value: string])[]): string => pairs.map(([name, value]) => `${name} = ${value}`).join('\n');
