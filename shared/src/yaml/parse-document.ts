import {
  Composer,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  Parser,
  type Document,
  type ParsedNode,
  type Scalar,
  type ScalarTag,
  type Tags,
} from 'yaml';

export interface ParsedText {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  /** Where a text in quotes goes on further left than YAML lets it; null: nowhere. */
  readonly outdentedAt: number | null;
}

/** A decimal number that is the same to every version of YAML. */
const plainNumber = /^[-+]?(?:0|[1-9]\d*)$/;

/** More digits than a number can hold stay what they are: an id, most likely. */
function readPlainNumber(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) || String(number) === text ? number : text;
}

/** What versions of YAML read otherwise stays a text, for whoever knows what belongs in its place: `0755`, `0o755`, `.inf`. */
const withTextsKept = (tags: Tags): Tags =>
  tags.flatMap((tag): Tags => {
    if (typeof tag === 'string' || !isNumberTag(tag)) return [tag];
    if (tag.format === 'OCT' || tag.test?.test('.inf') === true) return [];
    return [tag.test?.test('1') === true ? { ...tag, test: plainNumber, resolve: readPlainNumber } : tag];
  });

const isNumberTag = (tag: Exclude<Tags[number], string>): tag is ScalarTag => /:(?:int|float)$/.test(tag.tag);

const options = {
  customTags: withTextsKept,
  prettyErrors: false,
  // The parser's own check compares every key with every other one.
  uniqueKeys: false,
  version: '1.2',
  merge: true,
  logLevel: 'error',
} as const;

/**
 * Reads a text as YAML. Where that fails at a text in quotes whose further lines are not indented more than its key, it is read as
 * PyYAML does, and with it Azure's tools, which let them stand anywhere.
 */
export function parseText(text: string): ParsedText {
  const parsed = parseAsWritten(text);
  keepVersions(parsed.document.contents);
  return parsed;
}

/** A version is a name: `1.0` is another one than `1`. Azure knows none of Python, so `3.10` is what it is there. */
function keepVersions(node: unknown): void {
  if (isSeq(node)) for (const item of node.items) keepVersions(item);
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (!isScalar(value)) keepVersions(value);
    else if (isScalar(key) && typeof value.value === 'number' && value.source !== undefined) keepVersion(key.value, value, value.source);
  }
}

function keepVersion(key: unknown, version: Scalar, source: string): void {
  if (key === 'version' && Number.isInteger(version.value) && source.includes('.')) version.value = `${String(version.value)}.0`;
  else if (key === 'python') version.value = source;
}

function parseAsWritten(text: string): ParsedText {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...options, lineCounter: lines });
  const unclosed = document.errors.find(({ code, message }) => code === 'MISSING_CHAR' && message.endsWith('quote'));
  if (!unclosed) return { document, lines, outdentedAt: null };
  const lenient = parseLeniently(text);
  return lenient?.document.errors.length === 0 ? { ...lenient, outdentedAt: unclosed.pos[0] } : { document, lines, outdentedAt: null };
}

function parseLeniently(text: string): Omit<ParsedText, 'outdentedAt'> | null {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer<ParsedNode>(options);
  const [document, ...others] = [...composer.compose(tokens(parser, text), true, text.length)];
  return document && others.length === 0 ? { document, lines } : null;
}

function* tokens(parser: Parser, text: string): ReturnType<Parser['parse']> {
  for (const lexeme of lexemes(text)) yield* parser.next(lexeme);
  yield* parser.end();
}

/** Those of the library's lexer, which asks of each line of a text whether it still belongs to it. */
function lexemes(text: string): Generator<string> {
  const lexer = new Lexer();
  const ask: unknown = Reflect.get(lexer, 'continueScalar');
  if (typeof ask === 'function') {
    Reflect.set(lexer, 'continueScalar', (offset: number): unknown => {
      const answer: unknown = Reflect.apply(ask, lexer, [offset]);
      const start: unknown = Reflect.get(lexer, 'pos');
      const isInQuotes = typeof start === 'number' && (text[start] === '"' || text[start] === "'");
      return answer === -1 && isInQuotes && !/^(---|\.\.\.)\s/.test(text.slice(offset, offset + 4)) ? offset : answer;
    });
  }
  return lexer.lex(text);
}
