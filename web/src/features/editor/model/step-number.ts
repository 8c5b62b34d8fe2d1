interface NumberRange {
  readonly type: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Given by the component. */
  readonly step?: number | undefined;
}

/** A number after an arrow key, in its range and without the noise of binary fractions. */
export function stepNumber(value: number, by: number, range: NumberRange): number {
  const step = stepOf(value, range);
  const next = Number((value + by * step).toFixed(Math.min(20, decimalsOf(step, value))));
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range;
  return Math.min(max, Math.max(min, next));
}

/** What the component says; else one of a whole number, a hundredth of a range, or the second digit of what stands there. */
function stepOf(value: number, { type, min, max, step }: NumberRange): number {
  if (step !== undefined) return step;
  if (type === 'integer') return 1;
  if (min !== undefined && max !== undefined && max > min) return 10 ** Math.round(Math.log10((max - min) / 100));
  return value === 0 ? 0.1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
}

function decimalsOf(...numbers: readonly number[]): number {
  return Math.max(
    ...numbers.map((number) => {
      const [digits = '', exponent = '0'] = String(number).split('e');
      return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
    }),
  );
}
