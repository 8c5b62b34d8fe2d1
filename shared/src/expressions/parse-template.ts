/** A piece of a text with expressions. `start` and `end` are offsets in the whole text, `end` exclusive. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly start: number; readonly end: number }
  /** `${{ inputs.x }}`: `path` is what stands between the braces, trimmed and split at the dots; empty where that is no name. */
  | { readonly kind: 'placeholder'; readonly path: readonly string[]; readonly start: number; readonly end: number }
  /** `$[[ … ]]`: dropped when an input in it has no value. */
  | { readonly kind: 'optional'; readonly parts: readonly TemplatePart[]; readonly start: number; readonly end: number };

export interface TemplateError {
  readonly message: string;
  readonly offset: number;
}

export interface Template {
  readonly parts: readonly TemplatePart[];
  readonly errors: readonly TemplateError[];
}

const placeholderPath = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/;

/** Total: a text that is not well formed gives its errors and the parts that could be read. */
export function parseTemplate(text: string): Template {
  const errors: TemplateError[] = [];
  return { parts: readParts(text, { start: 0, end: text.length, isInside: false }, errors), errors };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly isInside: boolean;
}

function readParts(text: string, range: Range, errors: TemplateError[]): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let textStart = range.start;
  const closeText = (end: number): void => {
    if (end > textStart) parts.push({ kind: 'text', text: text.slice(textStart, end), start: textStart, end });
  };
  for (let at = text.indexOf('$', range.start); at >= 0 && at < range.end;) {
    const opener = text.startsWith('${{', at) ? '}}' : !range.isInside && text.startsWith('$[[', at) ? ']]' : null;
    if (opener === null) {
      at = text.indexOf('$', at + 1);
      continue;
    }
    const close = text.indexOf(opener, at + 3);
    if (close < 0 || close + 2 > range.end) {
      errors.push({ message: `"${text.slice(at, at + 3)}" is never closed by "${opener}"`, offset: at });
      break;
    }
    closeText(at);
    const end = close + 2;
    parts.push(opener === '}}' ? readPlaceholder(text, { start: at, end }, errors) : readOptional(text, { start: at, end }, errors));
    at = text.indexOf('$', end);
    textStart = end;
  }
  closeText(range.end);
  return parts;
}

function readPlaceholder(text: string, { start, end }: { start: number; end: number }, errors: TemplateError[]): TemplatePart {
  const inner = text.slice(start + 3, end - 2).trim();
  const isName = placeholderPath.test(inner);
  if (!isName) errors.push({ message: `"${inner}" is not a name like inputs.data`, offset: start });
  return { kind: 'placeholder', path: isName ? inner.split('.') : [], start, end };
}

function readOptional(text: string, { start, end }: { start: number; end: number }, errors: TemplateError[]): TemplatePart {
  return { kind: 'optional', parts: readParts(text, { start: start + 3, end: end - 2, isInside: true }, errors), start, end };
}

/** Every placeholder, those inside optional blocks too. */
export function placeholdersOf(parts: readonly TemplatePart[]): Extract<TemplatePart, { kind: 'placeholder' }>[] {
  return parts.flatMap((part) => (part.kind === 'placeholder' ? [part] : part.kind === 'optional' ? placeholdersOf(part.parts) : []));
}
