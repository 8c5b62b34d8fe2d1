import { suggestName } from '../suggest-name.ts';

/** The keys of a map that are nearly one of those that are known and not there, with what was most likely meant. */
export function nearlyKnown(fields: Readonly<Record<string, unknown>>, known: readonly string[]): [name: string, meant: string][] {
  return Object.keys(fields).flatMap((name): [string, string][] => {
    if (known.includes(name) || name.length < 4 || name.startsWith('x-')) return [];
    const meant = suggestName(name, known);
    return meant === undefined || !isNear(name, meant) || isSaid(fields[meant]) ? [] : [[name, meant]];
  });
}

/** What is written under the right name as well was not meant by the wrong one. */
const isSaid = (value: unknown): boolean => value !== undefined && value !== null && !(typeof value === 'object' && Object.keys(value).length === 0);

/** A slip of the pen: letters in another order, or one more, less or other than there should be. */
function isNear(name: string, meant: string): boolean {
  const [a, b] = [lettersOf(name), lettersOf(meant)];
  const missing = a.filter((letter, index) => countOf(letter, a.slice(0, index + 1)) > countOf(letter, b)).length;
  const left = b.filter((letter, index) => countOf(letter, b.slice(0, index + 1)) > countOf(letter, a)).length;
  return Math.max(missing, left) <= 1;
}

const lettersOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .split('');
const countOf = (letter: string, letters: readonly string[]): number => letters.filter((other) => other === letter).length;
