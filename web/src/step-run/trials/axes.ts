import type { Scalar } from '@pipewright/shared/json.ts';
import type { Trial, Trials } from '@pipewright/shared/http/trials.ts';
import { formatValue } from '../../ui/format/number.ts';

/** One upright line of the drawing: what stands at its ends, and where on it a trial lies. */
export interface Axis {
  readonly name: string;
  /** From bottom (0) to top (1); null: the trial has nothing there. */
  readonly placeOf: (trial: Trial) => number | null;
  readonly bottom: string;
  readonly top: string;
}

/** An axis for each parameter, and the metric last. */
export function axesOf({ items, parameters, metric }: Trials): Axis[] {
  const axes = parameters.map((name) => axis(name, items, ({ values }) => values[name] ?? null));
  return [...axes, axis(metric, items, ({ result }) => result)];
}

function axis(name: string, items: readonly Trial[], valueOf: (trial: Trial) => Scalar | null): Axis {
  const values = items.map(valueOf).filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === 'number' && Number.isFinite(value));
  if (numbers.length === values.length && numbers.length > 0) return numericAxis(name, numbers.map(Number), valueOf);
  // Words, or both: each of them a place of its own, in the order in which they were tried.
  const words = [...new Set(values.map(String))];
  const at = (index: number): number => (words.length < 2 ? 0.5 : index / (words.length - 1));
  const placeOf = (trial: Trial): number | null => {
    const value = valueOf(trial);
    return value === null ? null : at(words.indexOf(String(value)));
  };
  return { name, placeOf, bottom: words[0] ?? '', top: words.length < 2 ? '' : (words.at(-1) ?? '') };
}

function numericAxis(name: string, numbers: readonly number[], valueOf: (trial: Trial) => Scalar | null): Axis {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  // Over several powers of ten the small ones would lie on one another.
  const isLogarithmic = least > 0 && most / least > 100;
  const scale = (value: number): number => (isLogarithmic ? Math.log(value) : value);
  const span = scale(most) - scale(least);
  const placeOf = (trial: Trial): number | null => {
    const value = valueOf(trial);
    if (typeof value !== 'number' || !Number.isFinite(value)) return null;
    return span === 0 ? 0.5 : (scale(value) - scale(least)) / span;
  };
  return { name, placeOf, bottom: formatValue(least), top: span === 0 ? '' : formatValue(most) };
}
