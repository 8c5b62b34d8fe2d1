import { diffLines, linesOf } from '@pipewright/shared/text/diff-lines.ts';

/** `gap`: lines left out that are the same in both. */
export interface DiffedLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

/** So many equal lines are shown on either side of a difference. */
const around = 2;

/** Two texts line by line: what went, what came, and a little of what stayed. */
export function lineDifference(before: string, after: string): DiffedLine[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  const line = (kind: DiffedLine['kind'], text: string): DiffedLine => ({ kind, text: text.replace(/\r?\n$/, '') });
  const result: DiffedLine[] = [];
  let reached = 0;
  const changes = diffLines(old, next);
  const addSame = (to: number, isEnd: boolean): void => {
    const head = reached === 0 ? 0 : around;
    const tail = isEnd ? 0 : around;
    const lines = old.slice(reached, to);
    const isLong = lines.length > head + tail + 1;
    const shown = isLong ? [...lines.slice(0, head), null, ...(tail === 0 ? [] : lines.slice(-tail))] : lines;
    result.push(...shown.map((text) => (text === null ? line('gap', '') : line('same', text))));
  };
  for (const { from, to, newFrom, newTo } of changes) {
    addSame(from, false);
    result.push(...old.slice(from, to).map((text) => line('removed', text)), ...next.slice(newFrom, newTo).map((text) => line('added', text)));
    reached = to;
  }
  addSame(old.length, true);
  return result;
}
