import type { StepMetrics } from '@pipewright/shared/http/runs.ts';

interface Point {
  readonly value: number | null;
}

/** More than a curve has pixels, and little to send each second. */
const most = 1000;

/** Every curve with as many points as are drawn. */
export const thinnedCurves = ({ metrics, params }: StepMetrics): StepMetrics => ({
  metrics: metrics.map((metric) => ({ ...metric, points: thinned(metric.points) })),
  params,
});

/** Of a long course the ends, and of each stretch between them its lowest and its highest point: no peak is lost. */
export function thinned<T extends Point>(points: readonly T[], limit = most): T[] {
  if (points.length <= limit) return [...points];
  const stretches = Math.floor((limit - 2) / 2);
  const inner = points.length - 2;
  const kept = new Set([0, points.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = 1 + Math.floor((stretch * inner) / stretches);
    const to = 1 + Math.floor(((stretch + 1) * inner) / stretches);
    let [low, high] = [from, from];
    for (let index = from + 1; index < to; index += 1) {
      if (isBelow(points[index], points[low])) low = index;
      if (isBelow(points[high], points[index])) high = index;
    }
    kept.add(low).add(high);
  }
  return points.filter((_, index) => kept.has(index));
}

/** What is no number is neither. */
const isBelow = (a: Point | undefined, b: Point | undefined): boolean => typeof a?.value === 'number' && (typeof b?.value !== 'number' || a.value < b.value);
