const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const units = ['kB', 'MB', 'GB', 'TB'] as const;

/** Grouped digits and a true minus sign: `13,207`, `−499`. */
export function formatCount(value: number): string {
  return trueMinus(whole.format(value));
}

/** A measured value with as many digits as help: `0.8301`, `3,274`, `1.2e-7`. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return formatCount(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return trueMinus(value.toExponential(2));
  const digits = size >= 1000 ? 1 : size >= 1 ? 3 : 4;
  return trueMinus(value.toLocaleString('en-GB', { maximumFractionDigits: digits }));
}

/** A value that was logged, which may be no number. */
export const formatMetric = (value: number | null): string => (value === null ? 'NaN' : formatValue(value));

/** `830 B`, `26 kB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  let unit = -1;
  do {
    value /= 1000;
    unit += 1;
  } while (value >= 999.5 && unit < units.length - 1);
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? 'TB'}`;
}

/** `1 step`, `7 steps`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

const trueMinus = (text: string): string => text.replace('-', '−');
