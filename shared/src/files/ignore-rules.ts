/** Never part of a code snapshot: they change by themselves. */
const always: ReadonlySet<string> = new Set([
  '.git',
  '__pycache__',
  '.ipynb_checkpoints',
  '.venv',
  'node_modules',
  '.DS_Store',
  '.pytest_cache',
  '.mypy_cache',
]);

export const isAlwaysIgnored = (baseName: string): boolean => always.has(baseName) || baseName.endsWith('.pyc');

/** A part of a name: any text, any character, one of some characters, or just this one. */
type Piece =
  | '*'
  | '?'
  | { readonly characters: ReadonlySet<string>; readonly ranges: readonly (readonly [string, string])[]; readonly isNot: boolean }
  | { readonly is: string };
/** `**`: any number of folders; at the end, everything inside. */
type Segment = '**' | readonly Piece[];

export interface IgnoreRule {
  readonly takesBack: boolean;
  readonly isForFolders: boolean;
  readonly segments: readonly Segment[];
}

/** The lines of a `.gitignore` or `.amlignore`, as git reads them. */
export function parseIgnoreRules(text: string): IgnoreRule[] {
  return text.split('\n').flatMap((line) => parseLine(line.replace(/\r$/, '')) ?? []);
}

/**
 * What the rules of one folder say of a path below it (with `/`); the last that fits counts. Undefined: nothing. What lies
 * in a folder that is ignored is never asked about, so it cannot be taken back: whoever walks does not go in there.
 */
export function verdictOf(rules: readonly IgnoreRule[], path: string, isFolder: boolean): 'ignored' | 'kept' | undefined {
  const names = path.split('/');
  const rule = rules.findLast(({ isForFolders, segments }) => (isFolder || !isForFolders) && matchesPath(segments, names));
  return rule && (rule.takesBack ? 'kept' : 'ignored');
}

function parseLine(line: string): IgnoreRule | null {
  if (line.startsWith('#')) return null;
  let pattern = withoutTrailingSpaces(line);
  const takesBack = pattern.startsWith('!');
  if (takesBack) pattern = pattern.slice(1);
  const isForFolders = pattern.endsWith('/');
  if (isForFolders) pattern = pattern.slice(0, -1);
  // A slash at the beginning or in the middle binds a pattern to the folder of its file.
  const isAnchored = pattern.includes('/');
  const parts = pattern.replace(/^\//, '').split('/');
  if (parts.every((part) => part === '')) return null;
  const segments = parts.map((part): Segment => (part === '**' ? '**' : toPieces(part)));
  return { takesBack, isForFolders, segments: isAnchored ? segments : ['**', ...segments] };
}

/** Unless a backslash stands before them. */
function withoutTrailingSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end -= 1;
  return line.slice(0, end);
}

function toPieces(part: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < part.length; at += 1) {
    const character = part[at] ?? '';
    const bracket = character === '[' ? readBracket(part, at) : null;
    if (bracket) {
      pieces.push(bracket.piece);
      at = bracket.end;
    } else if (character === '\\' && at + 1 < part.length) {
      at += 1;
      pieces.push({ is: part[at] ?? '' });
    } else if (character === '*') {
      if (pieces.at(-1) !== '*') pieces.push('*');
    } else pieces.push(character === '?' ? '?' : { is: character });
  }
  return pieces;
}

/** `[a-z]`, `[!a]`; null where it is not closed and so only a bracket. */
function readBracket(part: string, start: number): { readonly piece: Piece; readonly end: number } | null {
  const isNot = part[start + 1] === '!' || part[start + 1] === '^';
  const first = start + (isNot ? 2 : 1);
  const end = part.indexOf(']', first + 1);
  if (end < 0) return null;
  const characters = new Set<string>();
  const ranges: [string, string][] = [];
  for (let at = first; at < end; at += 1) {
    const [from = '', dash, to = ''] = part.slice(at, at + 3);
    if (dash === '-' && at + 2 < end) {
      ranges.push([from, to]);
      at += 2;
    } else characters.add(from);
  }
  return { piece: { characters, ranges, isNot }, end };
}

function matchesPath(segments: readonly Segment[], names: readonly string[]): boolean {
  const [first, ...rest] = segments;
  if (first === undefined) return names.length === 0;
  if (first !== '**') return names.length > 0 && matchesName(first, names[0] ?? '') && matchesPath(rest, names.slice(1));
  if (rest.length === 0) return names.length > 0;
  return names.some((_name, index) => matchesPath(rest, names.slice(index)));
}

/** Goes back to the last `*` alone, so that no pattern takes longer than its length times the name's. */
function matchesName(pieces: readonly Piece[], name: string): boolean {
  let [at, piece] = [0, 0];
  let star: { readonly piece: number; at: number } | null = null;
  while (at < name.length) {
    const wanted = pieces[piece];
    if (wanted === '*') {
      star = { piece, at };
      piece += 1;
    } else if (wanted !== undefined && matchesCharacter(wanted, name[at] ?? '')) {
      at += 1;
      piece += 1;
    } else if (star) {
      star.at += 1;
      at = star.at;
      piece = star.piece + 1;
    } else return false;
  }
  return pieces.slice(piece).every((left) => left === '*');
}

function matchesCharacter(piece: Exclude<Piece, '*'>, character: string): boolean {
  if (piece === '?') return true;
  if ('is' in piece) return piece.is === character;
  const isOne = piece.characters.has(character) || piece.ranges.some(([from, to]) => from <= character && character <= to);
  return isOne !== piece.isNot;
}
