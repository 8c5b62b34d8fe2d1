/** What the draft is compared with, as the address says it: `checkpoint:ID`, `version:NAME:VERSION`, `run:42`. */
export type ComparedSource =
  | { readonly kind: 'checkpoint'; readonly id: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: string }
  | { readonly kind: 'run'; readonly id: string };

export function formatSource(source: ComparedSource): string {
  return source.kind === 'version' ? `version:${source.name}:${source.version}` : `${source.kind}:${source.id}`;
}

/** Null for what names nothing that can be compared. */
export function parseSource(text: string): ComparedSource | null {
  const [kind, first = '', ...rest] = text.split(':');
  const second = rest.join(':');
  if (kind === 'version') return first === '' || second === '' ? null : { kind, name: first, version: second };
  if ((kind !== 'checkpoint' && kind !== 'run') || first === '' || rest.length > 0) return null;
  return { kind, id: first };
}
