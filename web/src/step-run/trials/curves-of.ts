import type { Trial, Trials } from '@pipewright/shared/http/trials.ts';
import type uPlot from 'uplot';
import { itemNumber } from '../../canvas/item-noun.ts';
import { bestLook, type CurveLook, curveLooks, quietLook } from '../metrics/curve-look.ts';
import { bestFirst } from './best-first.ts';

/** The course of the metric in one trial. */
export interface TrialCurve {
  readonly key: string;
  readonly trial: Trial;
  readonly look: CurveLook;
  /** It is named beside the chart; the others are seen as many. */
  readonly isNamed: boolean;
  readonly isBest: boolean;
}

/**
 * The trials that have a course, in the order in which they are drawn: the best over all others. As many of the best as can
 * be told apart have a look of their own.
 */
export function curvesOf(trials: Trials): TrialCurve[] {
  const ranked = bestFirst(trials).filter(({ points }) => points.length > 1);
  const best = ranked.find(({ key, result }) => (trials.best === null ? result !== null : key === trials.best));
  const named = new Set(ranked.slice(0, curveLooks.length).map(({ key }) => key));
  const looks = looksOf(trials.items.filter(({ key }) => named.has(key)));
  return ranked.toReversed().map((trial): TrialCurve => {
    const isBest = trial === best;
    return { key: trial.key, trial, look: isBest ? bestLook : (looks.get(trial.key) ?? quietLook), isNamed: isBest || named.has(trial.key), isBest };
  });
}

/**
 * By the number of a trial, so that its look stays while others come in and take a place among the best. Where an earlier one of them
 * has that look, it is the next that is free; only then can it change, when such an earlier one comes in or drops out.
 */
function looksOf(named: readonly Trial[]): ReadonlyMap<string, CurveLook> {
  const free = new Set(curveLooks);
  const looks = new Map<string, CurveLook>();
  for (const trial of named) {
    const own = (itemNumber(trial.key) - 1) % curveLooks.length;
    const look = [...curveLooks.slice(own), ...curveLooks.slice(0, own)].find((each) => free.has(each)) ?? quietLook;
    free.delete(look);
    looks.set(trial.key, look);
  }
  return looks;
}

/** The steps of all of them, and the values of each there: undefined where it has logged nothing, null where that is no number. */
export function alignCurves(curves: readonly TrialCurve[]): uPlot.AlignedData {
  const courses = curves.map(({ trial }) => courseOf(trial));
  const steps = [...new Set(courses.flatMap((course) => [...course.keys()]))].toSorted((a, b) => a - b);
  return [steps, ...courses.map((course) => steps.map((step) => course.get(step)))];
}

/** Points that were logged under one step number are told apart by their order; of several at one step the last counts. */
function courseOf({ points }: Trial): ReadonlyMap<number, number | null> {
  const hasSteps = points.some(({ step }) => step !== points[0]?.step);
  return new Map(points.map(({ step, value }, index) => [hasSteps ? step : index, value]));
}
