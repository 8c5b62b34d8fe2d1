import { bindingsIn, type Binding } from '../expressions/binding.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'word'; readonly value: string; readonly at: number }
  | { readonly kind: 'sign'; readonly value: string; readonly at: number }
  | { readonly kind: 'reference'; readonly binding: Binding; readonly at: number };

/** What keeps a text from being a condition, and where. */
export class ConditionSyntaxError extends Error {
  override readonly name = 'ConditionSyntaxError';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Longest first, so that `<=` is not read as `<`. */
const signs = ['&&', '||', '==', '!=', '<=', '>=', '<', '>', '!', '(', ')', '[', ']', ',', '+', '-', '*', '/', '%'];
const space = /\s+/y;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /[A-Za-z_]\w*/y;

export function tokenizeCondition(text: string): Token[] {
  const tokens: Token[] = [];
  const references = new Map(bindingsIn(text).map((placed) => [placed.start, placed]));
  for (let at = 0; at < text.length;) {
    const blank = matchAt(space, text, at);
    if (blank) {
      at += blank.length;
      continue;
    }
    const { token, end } = nextToken(text, at, references.get(at));
    tokens.push(token);
    at = end;
  }
  return tokens;
}

type Placed = ReturnType<typeof bindingsIn>[number];

function nextToken(text: string, at: number, reference: Placed | undefined): { token: Token; end: number } {
  if (reference) {
    const written = text.slice(reference.start, reference.end);
    if (!reference.binding) throw new ConditionSyntaxError(`${written} is nothing that a pipeline knows`, at);
    return { token: { kind: 'reference', binding: reference.binding, at }, end: reference.end };
  }
  if (text.startsWith('${{', at)) throw new ConditionSyntaxError('"${{" is never closed by "}}", or holds no name', at);
  const quote = text[at];
  if (quote === "'" || quote === '"') {
    const close = text.indexOf(quote, at + 1);
    if (close < 0) throw new ConditionSyntaxError(`the text that begins with ${quote} is never closed`, at);
    return { token: { kind: 'text', value: text.slice(at + 1, close), at }, end: close + 1 };
  }
  const digits = matchAt(number, text, at);
  if (digits) return { token: { kind: 'number', value: Number(digits), at }, end: at + digits.length };
  const name = matchAt(word, text, at);
  if (name) return { token: { kind: 'word', value: name, at }, end: at + name.length };
  const sign = signs.find((candidate) => text.startsWith(candidate, at));
  if (sign === '&&' || sign === '||') return { token: { kind: 'word', value: sign === '&&' ? 'and' : 'or', at }, end: at + 2 };
  if (sign !== undefined) return { token: { kind: 'sign', value: sign, at }, end: at + sign.length };
  const hint = quote === '=' ? ' (to compare write "==")' : '';
  throw new ConditionSyntaxError(`"${quote}" means nothing here${hint}`, at);
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
