import type { Trial, Trials } from '@pipewright/shared/http/trials.ts';

/** Those with a result before those without, the best of them first; else in the order in which they were tried. */
export function bestFirst({ items, goal }: Trials): Trial[] {
  const sign = goal === 'maximize' ? -1 : 1;
  return items.toSorted((a, b) => {
    if (a.result === null || b.result === null) return Number(a.result === null) - Number(b.result === null);
    return (a.result - b.result) * sign;
  });
}
