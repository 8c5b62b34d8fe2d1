import { suggestName } from '@pipewright/shared/graph/suggest-name.ts';

/** A column of a table as a list of columns looks at it; without a kind where only names are known. */
export interface KnownColumn {
  readonly name: string;
  readonly kind?: ColumnKind | undefined;
}

export const columnKinds = ['number', 'text', 'boolean', 'time', 'other'] as const;
type ColumnKind = (typeof columnKinds)[number];

/** One item of a list: what it takes in, or leaves out again. */
interface ColumnRule {
  readonly text: string;
  readonly isExcluded: boolean;
  readonly by: 'name' | 'pattern' | 'kind' | 'place';
}

export interface ChosenColumns {
  /** In the order of the table. */
  readonly names: readonly string[];
  /** Items that no column answers to, with what was most likely meant. */
  readonly unknown: readonly { readonly text: string; readonly meant: string | undefined }[];
}

/** The items of a comma-separated list; one that holds a comma stands in double quotes. As `columns.py` of the catalog reads it. */
export function splitList(text: string): string[] {
  const items = text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,\n]*))[^,\n]*(?:[,\n]|$)/g);
  return [...items].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim()).filter((item) => item !== '');
}

export const joinList = (items: readonly string[]): string => items.map((item) => (/[",\n]/.test(item) ? `"${item.replaceAll('"', '""')}"` : item)).join(', ');

const place = /^#(\d+)(?:-(\d+))?$/;

/** What an item means; a column may bear a name that looks like a rule, and then it is that column. */
function readRule(text: string, columns: readonly KnownColumn[]): ColumnRule {
  const has = (name: string): boolean => columns.some((column) => column.name === name);
  const isExcluded = text.startsWith('!') && !has(text);
  const item = isExcluded ? text.slice(1).trim() : text;
  if (has(item)) return { text: item, isExcluded, by: 'name' };
  if (item.startsWith('@')) return { text: item, isExcluded, by: 'kind' };
  if (place.test(item)) return { text: item, isExcluded, by: 'place' };
  return { text: item, isExcluded, by: /[*?]/.test(item) ? 'pattern' : 'name' };
}

/** The columns that a list names. */
export function chooseColumns(text: string, columns: readonly KnownColumn[]): ChosenColumns {
  const chosen = new Set<string>();
  const unknown: { text: string; meant: string | undefined }[] = [];
  for (const [index, item] of splitList(text).entries()) {
    const rule = readRule(item, columns);
    const names = matching(rule, columns);
    if (rule.isExcluded && index === 0) for (const { name } of columns) chosen.add(name);
    for (const name of names ?? []) {
      if (rule.isExcluded) chosen.delete(name);
      else chosen.add(name);
    }
    if (names === null)
      unknown.push({
        text: rule.text,
        meant: suggestName(rule.text, rule.by === 'kind' ? columnKinds.map((kind) => `@${kind}`) : columns.map(({ name }) => name)),
      });
  }
  return { names: columns.flatMap(({ name }) => (chosen.has(name) ? [name] : [])), unknown };
}

/** Null where there must be something and nothing is: a pattern or a kind may match nothing. */
function matching({ text, by }: ColumnRule, columns: readonly KnownColumn[]): string[] | null {
  switch (by) {
    case 'name':
      return columns.some(({ name }) => name === text) ? [text] : null;
    case 'kind': {
      const kind = columnKinds.find((known) => `@${known}` === text);
      return kind === undefined ? null : columns.flatMap((column) => (column.kind === kind ? [column.name] : []));
    }
    case 'place': {
      const [, from = '', to = from] = place.exec(text) ?? [];
      const [first, last] = [Number(from), Number(to || from)];
      return first < 1 || last > columns.length || first > last ? null : columns.slice(first - 1, last).map(({ name }) => name);
    }
    case 'pattern': {
      const pattern = new RegExp(
        `^${text
          .split(/([*?])/)
          .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : RegExp.escape(part)))
          .join('')}$`,
        's',
      );
      return columns.flatMap(({ name }) => (pattern.test(name) ? [name] : []));
    }
  }
}

/** The list after one column was taken in or left out by hand: the shortest change that does it. */
export function toggleColumn(text: string, column: string, columns: readonly KnownColumn[]): string {
  const items = splitList(text);
  const isChosen = chooseColumns(text, columns).names.includes(column);
  const plain = new Set([column, `!${column}`]);
  const rest = items.filter((item) => !plain.has(item));
  // All but one, and that one too: all.
  const isAll = rest.length === 0 && items.length > 0 && !isChosen;
  const without = isAll ? '*' : joinList(rest);
  const isChosenWithout = chooseColumns(without, columns).names.includes(column);
  if (isChosenWithout !== isChosen) return without;
  return joinList([...rest, isChosen ? `!${column}` : column]);
}

/** The same list with another word for an item. */
export const replaceItem = (text: string, item: string, next: string): string =>
  joinList(splitList(text).map((each) => (each === item ? next : each === `!${item}` ? `!${next}` : each)));
