/** As many as `--pw-person-N` in `tokens.css`. */
const colours = 8;

/** The same for a name on every page and in every window. */
export function personColour(name: string): string {
  let hash = 7;
  for (const character of name.toLowerCase()) hash = (hash * 33 + (character.codePointAt(0) ?? 0)) % 65_521;
  return `var(--pw-person-${(hash % colours) + 1})`;
}

/** Of the first and the last word: `AL` for Ada Lovelace, `A` for Ada. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const [first = '', ...others] = words;
  return [first, others.at(-1) ?? '']
    .map((word) => /^./u.exec(word)?.[0] ?? '')
    .join('')
    .toUpperCase();
}
