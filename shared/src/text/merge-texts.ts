import { diffLines, type LineChange, linesOf } from './diff-lines.ts';

/** Other words for a piece of a text, in characters. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The changes that make one text of another, in order, each as small as its lines allow. */
export function changesBetween(before: string, after: string): TextChange[] {
  return mergeTexts({ base: before, mine: before, theirs: after });
}

/**
 * What to change in my text so that it also says what others did to the text that both began with. Where both changed the
 * same lines, mine stay as they are; where both added lines, both stand there.
 */
export function mergeTexts({ base, mine, theirs }: { readonly base: string; readonly mine: string; readonly theirs: string }): TextChange[] {
  if (base === theirs || mine === theirs) return [];
  const [baseLines, mineLines, theirLines] = [base, mine, theirs].map(linesOf);
  if (!baseLines || !mineLines || !theirLines) throw new Error('Internal error: expected three texts');
  const own = base === mine ? [] : diffLines(baseLines, mineLines);
  const offsets = offsetsOf(mineLines);
  const changes: TextChange[] = [];
  let moved = 0;
  let next = 0;
  const others = diffLines(baseLines, theirLines);
  for (const change of own.length === 0 ? others : others.flatMap(lineByLine)) {
    for (let mineNext = own[next]; mineNext && isBefore(mineNext, change); mineNext = own[next]) {
      moved += mineNext.newTo - mineNext.newFrom - (mineNext.to - mineNext.from);
      next += 1;
    }
    if (own.slice(next, next + 2).some((each) => areInConflict(each, change))) continue;
    const from = offsets[change.from + moved] ?? mine.length;
    const to = offsets[change.to + moved] ?? mine.length;
    changes.push(narrowed(mine, { from, to, insert: theirLines.slice(change.newFrom, change.newTo).join('') }));
  }
  return changes;
}

/** Lines in place of as many are told apart, so that what I changed in one of them keeps nobody from the next. */
function lineByLine(change: LineChange): LineChange[] {
  const { from, to, newFrom, newTo } = change;
  if (to - from !== newTo - newFrom) return [change];
  return Array.from({ length: to - from }, (_, index) => ({ from: from + index, to: from + index + 1, newFrom: newFrom + index, newTo: newFrom + index + 1 }));
}

/** Of two that add lines at one place, theirs come first. */
const isBefore = (mine: LineChange, theirs: LineChange): boolean => mine.to <= theirs.from && (mine.from < theirs.from || theirs.from < theirs.to);

function areInConflict(mine: LineChange, theirs: LineChange): boolean {
  if (mine.from === mine.to || theirs.from === theirs.to) {
    const [point, range] = mine.from === mine.to ? [mine.from, theirs] : [theirs.from, mine];
    return range.from < point && point < range.to;
  }
  return mine.from < theirs.to && theirs.from < mine.to;
}

function offsetsOf(lines: readonly string[]): number[] {
  let at = 0;
  return [0, ...lines.map((line) => (at += line.length))];
}

/** Without what is the same at both ends, so that a cursor there stays where it is. */
function narrowed(text: string, { from, to, insert }: TextChange): TextChange {
  const most = Math.min(to - from, insert.length);
  let start = 0;
  while (start < most && text[from + start] === insert[start]) start += 1;
  let end = 0;
  while (end < most - start && text[to - 1 - end] === insert[insert.length - 1 - end]) end += 1;
  return { from: from + start, to: to - end, insert: insert.slice(start, insert.length - end) };
}

/** The text with changes that are in order and apart. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = text;
  for (const { from, to, insert } of changes.toReversed()) result = result.slice(0, from) + insert + result.slice(to);
  return result;
}
