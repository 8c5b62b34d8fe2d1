/** Lines `from` to `to` (not including it) of the one text stand as lines `newFrom` to `newTo` in the other. */
export interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Beyond so many lines that differ nobody wants to see which ones: they are one change. */
const mostDifferences = 1000;

/** A text as its lines, each with its line break, so that joined they are the text. */
export const linesOf = (text: string): string[] => text.split(/(?<=\n)/);

/** The fewest lines that differ (Myers' greedy way), in order, none touching another. */
export function diffLines(before: readonly string[], after: readonly string[]): LineChange[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (a.length === 0 && b.length === 0) return [];
  const steps = a.length === 0 || b.length === 0 ? null : shortestEdit(a, b);
  if (!steps) return [{ from: start, to: start + a.length, newFrom: start, newTo: start + b.length }];
  return changesOf(steps, start);
}

/** One line that is only in the first (`x` moves), or only in the second text (`y` moves), and where. */
interface EditStep {
  readonly x: number;
  readonly y: number;
  readonly isRemoval: boolean;
}

/** Null: more than is worth telling apart. */
function shortestEdit(a: readonly string[], b: readonly string[]): EditStep[] | null {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let d = 0; d <= Math.min(a.length + b.length, mostDifferences); d += 1) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      let x = startOf(furthest, k, d);
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      furthest.set(k, x);
      if (x >= a.length && y >= b.length) return backtrack(trace, a.length, b.length);
    }
  }
  return null;
}

/** The furthest line of the first text that diagonal `k` can begin at with `d` differences. */
function startOf(furthest: ReadonlyMap<number, number>, k: number, d: number): number {
  const [left, right] = [furthest.get(k - 1) ?? -1, furthest.get(k + 1) ?? -1];
  return k === -d || (k !== d && left < right) ? right : left + 1;
}

function backtrack(trace: readonly ReadonlyMap<number, number>[], endX: number, endY: number): EditStep[] {
  const steps: EditStep[] = [];
  let [x, y] = [endX, endY];
  for (let d = trace.length - 1; d > 0; d -= 1) {
    const furthest = trace[d];
    if (!furthest) break;
    const k = x - y;
    const begin = startOf(furthest, k, d);
    const isRemoval = !(k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1)));
    const previous = isRemoval ? { x: begin - 1, y: begin - k } : { x: begin, y: begin - k - 1 };
    steps.unshift({ ...previous, isRemoval });
    ({ x, y } = previous);
  }
  return steps;
}

function changesOf(steps: readonly EditStep[], offset: number): LineChange[] {
  const changes: { from: number; to: number; newFrom: number; newTo: number }[] = [];
  for (const { x, y, isRemoval } of steps) {
    const [from, newFrom] = [x + offset, y + offset];
    let last = changes.at(-1);
    if (!last || last.to !== from || last.newTo !== newFrom) {
      last = { from, to: from, newFrom, newTo: newFrom };
      changes.push(last);
    }
    if (isRemoval) last.to += 1;
    else last.newTo += 1;
  }
  return changes;
}
