import type { OutlineLine } from './outline-lines.ts';

/** What a key does in the tree: to another line, open or close this one, or choose it. */
export type OutlineMove = { readonly kind: 'go'; readonly to: number } | { readonly kind: 'toggle' } | { readonly kind: 'choose' };

/** As trees are walked everywhere; a letter goes to the next line that begins with it. Null: the key means nothing here. */
export function walkOutline(lines: readonly OutlineLine[], at: number, key: string): OutlineMove | null {
  const line = lines[at];
  if (!line) return null;
  const go = (to: number): OutlineMove => ({ kind: 'go', to: Math.min(lines.length - 1, Math.max(0, to)) });
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(lines.length - 1);
    case 'ArrowRight':
      return line.isExpanded === null ? null : line.isExpanded ? go(at + 1) : { kind: 'toggle' };
    case 'ArrowLeft':
      return line.isExpanded === true ? { kind: 'toggle' } : line.parent === null ? null : go(lines.findIndex(({ id }) => id === line.parent));
    case 'Enter':
    case ' ':
      return { kind: 'choose' };
    default: {
      if (key.length !== 1) return null;
      const after = [...lines.slice(at + 1), ...lines.slice(0, at + 1)];
      const found = after.find(({ title }) => title.toLowerCase().startsWith(key.toLowerCase()));
      return found ? go(lines.indexOf(found)) : null;
    }
  }
}
