/** `@train`, `@outer/inner`; not the middle of an address (`ada@example`). */
const mention = /(?<![\w@./-])@([A-Za-z_]\w*(?:\/\w+)*)/g;

export type CommentPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'step'; readonly step: string };

/** The keys that a text may mean: whether they are steps is for who knows the draft to say. */
export const keysAfterAt = (text: string): string[] => [...new Set([...text.matchAll(mention)].map(([, key = '']) => key))];

/** A text in pieces: what mentions a step, and what stands around. Words after an `@` that mention none are text. */
export function splitMentions(text: string, mentions: readonly string[]): CommentPart[] {
  const parts: CommentPart[] = [];
  let end = 0;
  for (const { 0: whole, 1: key = '', index } of text.matchAll(mention)) {
    if (!mentions.includes(key)) continue;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    parts.push({ kind: 'step', step: key });
    end = index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

interface Mentioning {
  readonly text: string;
  readonly mentions: readonly string[];
}

/** The same text after a step has got another key. */
export function renameMentions<T extends Mentioning>(message: T, from: string, to: string): T {
  if (!message.mentions.some((key) => renamedKey(key, from, to) !== key)) return message;
  const text = message.text.replaceAll(mention, (whole, key: string) => (message.mentions.includes(key) ? `@${renamedKey(key, from, to)}` : whole));
  return { ...message, text, mentions: message.mentions.map((key) => renamedKey(key, from, to)) };
}

/** A key, or one further down, after a step has got another. */
export function renamedKey(key: string, from: string, to: string): string {
  if (key === from) return to;
  return key.startsWith(`${from}/`) ? `${to}${key.slice(from.length)}` : key;
}
