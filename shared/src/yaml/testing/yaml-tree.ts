import type { Choices } from './choices.ts';

/** What a text is to say, before it is decided how. */
export type Tree = string | number | boolean | null | readonly Tree[] | Anchored | Alias | Fields;
interface Fields {
  readonly [key: string]: Tree;
}
/** What others name with an alias. */
export class Anchored {
  readonly name: string;
  readonly tree: Tree;

  constructor(name: string, tree: Tree) {
    this.name = name;
    this.tree = tree;
  }
}
export class Alias {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** The key under which a map takes in another one. */
const mergeKey = '<<';

interface Writing {
  readonly choices: Choices;
  /** So that each comment is there once. */
  comments: number;
}

/** The tree as YAML, in whatever style is chosen for each part of it. */
export function writeTree(tree: Fields, choices: Choices): string {
  const writing: Writing = { choices, comments: 0 };
  const lines = [...(choices.chance(6) ? ['---'] : []), ...membersOf(writing, tree, 0), ...above(writing, 0)];
  const text = lines.join('\n') + (choices.chance(8) ? '' : '\n');
  return choices.chance(6) ? text.replaceAll('\n', '\r\n') : text;
}

const words = ['about this', 'no: key', '- no item', 'it\'s "quoted"', '{ no: map', '${{inputs.x}}', '& * ! | > %'] as const;

function comment(writing: Writing): string {
  writing.comments += 1;
  return `#${writing.choices.pick(' ', '', '   ')}${writing.choices.pick(...words)} ${writing.comments}`;
}

const atLineEnd = (writing: Writing): string => (writing.choices.chance(6) ? `${writing.choices.pick(' ', '   ')}${comment(writing)}` : '');

/** Comments and empty lines before a member. */
function above(writing: Writing, indent: number): string[] {
  const { choices } = writing;
  const pad = ' '.repeat(choices.chance(8) ? 0 : indent);
  return [
    ...(choices.chance(8) ? [''] : []),
    ...(choices.chance(7) ? [pad + comment(writing)] : []),
    ...(choices.chance(12) ? [''] : []),
    ...(choices.chance(12) ? [`${' '.repeat(indent)}${comment(writing)}`] : []),
  ];
}

function membersOf(writing: Writing, fields: Fields, indent: number): string[] {
  return Object.entries(fields).flatMap(([key, tree]) => [...above(writing, indent), ...member(writing, { key: keyText(writing, key), tree, indent })]);
}

/** A key, or the dash of an item, with what follows it. */
function member(writing: Writing, { key, tree, indent }: { readonly key: string; readonly tree: Tree; readonly indent: number }): string[] {
  const { choices } = writing;
  const [anchor, value] = tree instanceof Anchored ? [` &${tree.name}`, tree.tree] : ['', tree];
  const head = `${' '.repeat(indent)}${key}${anchor}`;
  const space = choices.chance(10) ? '   ' : ' ';
  const deeper = indent + choices.pick(2, 4, 3);
  const isBlock = isCollection(value) && !isEmpty(value) && !choices.chance(4);
  if (isBlock && isList(value)) {
    const column = key === '-' || choices.chance(2) ? deeper : indent;
    return [head + atLineEnd(writing), ...value.flatMap((item) => [...above(writing, column), ...member(writing, { key: '-', tree: item, indent: column })])];
  }
  if (isBlock && !isList(value)) return [head + atLineEnd(writing), ...membersOf(writing, value, deeper)];
  if (isEmpty(value) && !isList(value) && choices.chance(2)) return [head + atLineEnd(writing)];
  if (typeof value === 'string') {
    const block = blockText(writing, value, deeper);
    if (block) return [`${head}${space}${block.header}${atLineEnd(writing)}`, ...block.lines];
    const [first = '', ...further] = choices.chance(4) && isPlain(value) ? value.split(/(?<=\S) (?=[^\s#-])/) : [];
    if (further.length > 0) return [`${head}${space}${first}`, ...further.map((line) => ' '.repeat(deeper) + line)];
  }
  return [`${head}${space}${inline(writing, value, false)}${atLineEnd(writing)}`];
}

/** A text over several lines, where it can be one. */
function blockText({ choices }: Writing, text: string, indent: number): { readonly header: string; readonly lines: readonly string[] } | null {
  const body = text.replace(/\n+$/, '');
  if (body === '' || /^\s|[^\S\n]$|[^\S\n]\n|\n[^\S\n]/.test(body) || !(text.includes('\n') || choices.chance(5))) return null;
  const ends = text.length - body.length;
  const mark = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const empty = Array.from({ length: Math.max(0, ends - 1) }, () => '');
  const isFolded = !body.includes('\n') && choices.chance(2);
  const lines = isFolded ? body.split(/(?<=\S) (?=\S)/) : body.split('\n');
  return { header: `${isFolded ? '>' : '|'}${mark}`, lines: [...lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)), ...empty] };
}

/** On one line. */
function inline(writing: Writing, tree: Tree, isInFlow: boolean): string {
  const { choices } = writing;
  if (tree instanceof Anchored) return `&${tree.name} ${inline(writing, tree.tree, isInFlow)}`;
  // A colon right after it would be part of its name.
  if (tree instanceof Alias) return `*${tree.name}`;
  if (tree === null) return choices.pick('null', '~');
  if (typeof tree === 'string') return quoted(writing, tree, isInFlow);
  if (typeof tree !== 'object') return typeof tree === 'number' && Number.isInteger(tree) && choices.chance(4) ? `${tree}.0` : String(tree);
  const gap = choices.pick(' ', '');
  if (isList(tree)) return `[${gap}${tree.map((item) => inline(writing, item, true)).join(choices.pick(', ', ',  '))}${gap}]`;
  const members = Object.entries(tree).map(([key, item]) => `${keyText(writing, key)} ${inline(writing, item, true)}`);
  return `{${gap}${members.join(choices.pick(', ', ',   '))}${gap}}`;
}

function quoted({ choices }: Writing, text: string, isInFlow: boolean): string {
  const isSimple = isPlain(text) && !(isInFlow && /[,[\]{}]/.test(text));
  if (isSimple && !choices.chance(3)) return text;
  return /[\n\t]/.test(text) || choices.chance(2) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

function keyText({ choices }: Writing, key: string): string {
  if (key === mergeKey || (isPlain(key) && !choices.chance(12))) return `${key}:`;
  return choices.chance(2) ? `"${key}":` : `'${key}':`;
}

/** Means itself without quotes. */
const isPlain = (text: string): boolean =>
  /^[A-Za-z_$./](?:[^\n\t:#]*[^\s:#])?$/.test(text) && !/^(?:true|false|null|~|\.nan|[-+]?\.inf|[-+.\d].*)$/i.test(text);

const isList = (tree: Tree): tree is readonly Tree[] => Array.isArray(tree);
const isCollection = (tree: Tree): tree is readonly Tree[] | Fields =>
  tree !== null && typeof tree === 'object' && !(tree instanceof Alias) && !(tree instanceof Anchored);
const isEmpty = (tree: Tree): boolean => tree === null || (isCollection(tree) && Object.keys(tree).length === 0);
