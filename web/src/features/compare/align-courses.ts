import type { Metric } from '@pipewright/shared/http/runs.ts';

/** What runs are held against each other by: the number of a point, how far the run had come, or the time since its first point. */
export type CourseAxis = 'step' | 'progress' | 'time';

export type AlignedCourses = [xs: number[], ...values: (number | null | undefined)[][]];

/** All places of all courses, and the value of each there: undefined where it has none, null where that is no number. */
export function alignCourses(courses: readonly (Metric | undefined)[], axis: CourseAxis): AlignedCourses {
  const placed = courses.map((metric) => (metric ? placesOf(metric, axis) : new Map<number, number | null>()));
  const xs = [...new Set(placed.flatMap((course) => [...course.keys()]))].toSorted((a, b) => a - b);
  return [xs, ...placed.map((course) => xs.map((x) => course.get(x)))];
}

/** Points that were logged under one step number are told apart by their order. */
function placesOf({ points }: Metric, axis: CourseAxis): ReadonlyMap<number, number | null> {
  const hasSteps = points.some(({ step }) => step !== points[0]?.step);
  const sorted = hasSteps ? points.toSorted((a, b) => a.step - b.step) : points;
  const [first, last] = [sorted[0], sorted.at(-1)];
  const begin = Math.min(...sorted.map(({ at }) => at));
  return new Map(
    sorted.map(({ step, at, value }, index) => {
      const x = hasSteps ? step : index;
      if (axis === 'step') return [x, value];
      if (axis === 'time') return [(at - begin) / 1000, value];
      const [from, to] = hasSteps ? [first?.step ?? 0, last?.step ?? 0] : [0, sorted.length - 1];
      return [to === from ? 100 : ((x - from) / (to - from)) * 100, value];
    }),
  );
}
