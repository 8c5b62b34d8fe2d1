/** A piece of a text with other words in its place. */
export interface Patch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all of them in it, in its own line breaks. Two insertions at one place stand in the order in which they were made. */
export function applyPatches(text: string, patches: readonly Patch[]): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const inOrder = patches.map((patch, index) => ({ ...patch, index })).toSorted((a, b) => b.start - a.start || b.index - a.index);
  let patched = text;
  for (const { start, end, text: words } of inOrder) patched = patched.slice(0, start) + words.replaceAll(/\r?\n/g, lineBreak) + patched.slice(end);
  return patched;
}

/** The comment at the end of a line stands behind the first of the lines that take its place. */
export function withComment(text: string, patch: Patch): Patch {
  const [first = '', ...further] = patch.text.split('\n');
  const [comment = ''] = /^[ \t]+#[^\r\n]*/.exec(text.slice(patch.end)) ?? [];
  return further.length === 0 || comment === '' ? patch : { ...patch, end: patch.end + comment.length, text: [first + comment, ...further].join('\n') };
}
