/** Where in a YAML text somebody is, told by its lines: it need not be readable, as it never is while something is typed. */
export interface YamlPlace {
  /**
   * `key`: a key of the map at `path`, or an item of the list there, is being written; `value`: the value at `path`;
   * `words`: a text of several lines at `path`; `comment`: nothing that is read.
   */
  readonly kind: 'key' | 'value' | 'words' | 'comment';
  readonly path: readonly (string | number)[];
  /** Where what is being written begins. */
  readonly from: number;
}

interface Token {
  readonly column: number;
  /** Undefined: the dash of an item. */
  readonly key?: string;
  /** Where the value begins in its line. */
  readonly valueAt: number;
}

const keyAt = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s#{}[\],&*!|>%@`"'-][^#]*?|-[^\s#][^#]*?|<<))\s*:(?=\s|$)/;
const blockText = /^[|>][-+0-9]*\s*(#.*)?$/;

export function placeInYaml(text: string, offset: number): YamlPlace {
  const place = findPlace(text, offset);
  return { ...place, from: Math.min(place.from, offset) };
}

function findPlace(text: string, offset: number): YamlPlace {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end);
  const column = offset - start;
  const above = start === 0 ? [] : text.slice(0, start - 1).split('\n');
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  const parents = parentsOf(above, Math.min(indent === line.length ? column : indent, column));
  if (parents.isText) return { kind: 'words', path: parents.path, from: start + Math.min(indent, column) };
  if (isInComment(line.slice(0, column))) return { kind: 'comment', path: parents.path, from: offset };
  const flow = parents.flowAt === null ? null : placeInFlow(text, parents.flowAt, { path: parents.path, offset });
  if (flow) return flow;
  return placeInLine(text, { start, line, column, offset, above });
}

function placeInLine(
  text: string,
  { start, line, column, offset, above }: { start: number; line: string; column: number; offset: number; above: readonly string[] },
): YamlPlace {
  const tokens = tokensOf(line).filter((token) => token.column < column || (token.key !== undefined && token.column === column));
  const last = tokens.at(-1);
  const at = /^ */.exec(line)?.[0].length ?? 0;
  const first = tokens[0]?.column ?? (at === line.length ? column : at);
  let { path } = parentsOf(above, first, tokens[0] !== undefined && tokens[0].key === undefined);
  for (const token of tokens) {
    if (token.key === undefined) path = [...path, itemsAbove(above, token.column)];
    else if (token !== last || column >= token.valueAt) path = [...path, token.key];
  }
  if (last?.key !== undefined && column >= last.valueAt) {
    const from = start + last.valueAt;
    const flow = /^[{[]/.test(line.slice(last.valueAt)) ? placeInFlow(text, from, { path, offset }) : null;
    return flow ?? { kind: 'value', path, from };
  }
  const from = last?.key === undefined ? (last ? start + last.valueAt : start + Math.min(at, column)) : start + last.column;
  const flow = /^[{[]/.test(line.slice(from - start)) ? placeInFlow(text, from, { path, offset }) : null;
  return flow ?? { kind: 'key', path, from };
}

/** The dashes and the key at the beginning of a line. */
function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let at = /^ */.exec(line)?.[0].length ?? 0;
  for (let dash = /^-(?:\s+|$)/.exec(line.slice(at)); dash; dash = /^-(?:\s+|$)/.exec(line.slice(at))) {
    tokens.push({ column: at, valueAt: at + dash[0].length });
    at += dash[0].length;
  }
  const key = keyAt.exec(line.slice(at));
  if (key) {
    const after = at + key[0].length;
    const space = /^[ \t]*/.exec(line.slice(after))?.[0].length ?? 0;
    tokens.push({ column: at, key: key[1] ?? key[2] ?? key[3] ?? '', valueAt: after + space });
  }
  return tokens;
}

interface Parents {
  readonly path: (string | number)[];
  /** The lines here are words of a text that begins above. */
  readonly isText: boolean;
  /** Where a map or list between braces begins that may not have ended yet. */
  readonly flowAt: number | null;
}

/** What is above a line that begins at `indent`; a dash may stand right below the key whose list it is in. */
function parentsOf(above: readonly string[], indent: number, isDash = false): Parents {
  let limit = isDash ? indent + 1 : indent;
  let dashes: number | null = isDash ? indent : null;
  let path: (string | number)[] = [];
  let [isText, isFirst] = [false, true];
  let flowAt: number | null = null;
  let end = above.reduce((sum, line) => sum + line.length + 1, 0);
  for (let index = above.length - 1; index >= 0 && limit > 0; index -= 1) {
    const line = above[index] ?? '';
    end -= line.length + 1;
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    for (const { column, key, valueAt } of tokensOf(line).toReversed()) {
      if (column >= limit || (key === undefined && dashes !== null && column >= dashes)) continue;
      const value = line.slice(valueAt);
      if (key === undefined) {
        path.unshift(itemsAbove(above.slice(0, index), column));
        [limit, dashes] = [column + 1, column];
        continue;
      }
      path.unshift(key);
      [limit, dashes] = [column, null];
      if (blockText.test(value)) [path, isText, flowAt] = [[key], true, null];
      else if (isFirst && /^[{[]/.test(value)) flowAt = end + valueAt;
      isFirst = false;
    }
  }
  return { path, isText, flowAt };
}

/** How many items of a list stand above a dash in the same column. */
function itemsAbove(above: readonly string[], column: number): number {
  let count = 0;
  for (const line of above.toReversed()) {
    if (line.trim() === '') continue;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (indent < column || (indent === column && line[column] !== '-')) break;
    if (indent === column) count += 1;
  }
  return count;
}

/** Null: what begins there has ended before. */
function placeInFlow(
  text: string,
  start: number,
  { path, offset }: { readonly path: readonly (string | number)[]; readonly offset: number },
): YamlPlace | null {
  const open: { key: string | number | null; isMap: boolean }[] = [];
  let word = start;
  for (let at = start; at < offset; at += 1) {
    const char = text[at] ?? '';
    const top = open.at(-1);
    if (text.startsWith('${{', at)) {
      const close = text.indexOf('}}', at);
      at = close < 0 || close > offset ? offset : close + 1;
    } else if (char === '"' || char === "'") {
      const close = text.indexOf(char, at + 1);
      at = close < 0 ? offset : close;
    } else if (char === '{' || char === '[') {
      open.push({ key: char === '{' ? null : 0, isMap: char === '{' });
      word = at + 1;
    } else if (char === '}' || char === ']') {
      open.pop();
      if (open.length === 0) return null;
    } else if (char === ',' && top) {
      top.key = top.isMap ? null : Number(top.key) + 1;
      word = at + 1;
    } else if (char === ':' && top?.isMap && top.key === null && /[\s]/.test(text[at + 1] ?? ' ')) {
      top.key = text
        .slice(word, at)
        .trim()
        .replaceAll(/^["']|["']$/g, '');
      word = at + 1;
    }
  }
  const top = open.at(-1);
  if (!top) return null;
  const inside = open.flatMap(({ key }) => (key === null ? [] : [key]));
  const from = word + (/^\s*/.exec(text.slice(word, offset))?.[0].length ?? 0);
  return { kind: top.isMap && top.key === null ? 'key' : 'value', path: [...path, ...inside], from };
}

function isInComment(line: string): boolean {
  let quote = '';
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if ((char === '"' || char === "'") && /[\s:[{,-]/.test(line[index - 1] ?? ' ')) quote = char;
    else if (char === '#' && /\s/.test(line[index - 1] ?? ' ')) return true;
  }
  return false;
}
