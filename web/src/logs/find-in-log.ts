import { stripAnsi } from './parse-ansi.ts';

export interface LogMatch {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** More than anybody steps through; the count then ends in `+`. */
export const matchLimit = 5000;

/** Where a text stands in the log, whatever its case. */
export function findInLog(lines: readonly string[], query: string): LogMatch[] {
  const wanted = query.toLowerCase();
  const matches: LogMatch[] = [];
  if (wanted === '') return matches;
  for (const [line, raw] of lines.entries()) {
    const text = stripAnsi(raw).toLowerCase();
    for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + wanted.length)) {
      matches.push({ line, start, end: start + wanted.length });
      if (matches.length >= matchLimit) return matches;
    }
  }
  return matches;
}

/** The line that holds the step's first error; -1 while it is not there. */
export function findErrorLine(lines: readonly string[], firstError: string | undefined, from = 0): number {
  const wanted = firstError?.trim();
  if (wanted === undefined || wanted === '') return -1;
  // Our lines before hold the command, which may speak of the error too, and so may what the step said earlier.
  const whole = lines.findIndex((line, index) => index >= from && stripAnsi(line).trim() === wanted);
  return whole >= 0 ? whole : lines.findIndex((line, index) => index >= from && stripAnsi(line).includes(wanted));
}
