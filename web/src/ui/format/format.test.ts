// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { formatDuration, formatElapsed } from './duration.ts';
import { formatAgo, formatMoment, formatMomentToSecond } from './moment.ts';
import { countOf, formatBytes, formatCount, formatMetric, formatValue } from './number.ts';

describe('durations', () => {
  it.each([
    [40, '40 ms'],
    [180, '0.2 s'],
    [1800, '1.8 s'],
    [9949, '9.9 s'],
    [9951, '0:09'],
    [72_000, '1:12'],
    [30 * 60_000, '30:00'],
    [2 * 3_600_000 + 4 * 60_000, '2 h 04 min'],
    [-5, '0 ms'],
  ])('%d ms took %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('counts in whole seconds, so that digits do not jump', () => {
    expect([0, 7900, 42_000, 3_600_000].map(formatElapsed)).toEqual(['0:00', '0:07', '0:42', '1 h 00 min']);
  });
});

describe('moments', () => {
  // A Friday, in the time zone of whoever runs this.
  const now = new Date(2026, 10, 20, 14, 2, 30).getTime();
  const at = (...parts: [number, number, number, number, number, number]): string => new Date(...parts).toISOString();

  it('says the time today, the day this week, the date before', () => {
    expect(formatMoment(at(2026, 10, 20, 9, 5, 0), now)).toBe('09:05');
    expect(formatMoment(at(2026, 10, 14, 9, 5, 0), now)).toBe('Sat');
    expect(formatMoment(at(2026, 10, 3, 9, 5, 0), now)).toBe('3 Nov');
    expect(formatMoment(at(2025, 10, 3, 9, 5, 0), now)).toBe('3 Nov 2025');
  });

  it('says how long ago in words', () => {
    expect(formatAgo(at(2026, 10, 20, 14, 2, 0), now)).toBe('just now');
    expect(formatAgo(at(2026, 10, 20, 14, 0, 0), now)).toBe('2 min ago');
    expect(formatAgo(at(2026, 10, 20, 11, 0, 0), now)).toBe('3 h ago');
    expect(formatAgo(at(2026, 10, 19, 23, 0, 0), now)).toBe('yesterday');
    expect(formatAgo(at(2026, 10, 17, 23, 0, 0), now)).toBe('3 days ago');
    expect(formatAgo(at(2026, 9, 1, 12, 0, 0), now)).toBe('on 1 Oct');
  });

  it('never says of what is to come what it says of what was', () => {
    const later = { seconds: at(2026, 10, 20, 14, 3, 20), today: at(2026, 10, 20, 15, 5, 0), soon: at(2026, 10, 21, 9, 5, 0), far: at(2027, 1, 3, 9, 5, 0) };
    const said = (format: (instant: string, present: number) => string) => Object.values(later).map((instant) => format(instant, now));
    expect(said(formatAgo)).toEqual(['just now', 'at 15:05', 'on 21 Nov', 'on 3 Feb 2027']);
    expect(said(formatMoment)).toEqual(['14:03', '15:05', '21 Nov', '3 Feb 2027']);
    expect(said(formatMomentToSecond)).toEqual(['14:03:20', '15:05:00', '21 Nov 09:05:00', '3 Feb 2027 09:05:00']);
  });

  it('names the day with the second unless it is today', () => {
    expect(formatMomentToSecond(at(2026, 10, 20, 14, 2, 10), now)).toBe('14:02:10');
    expect(formatMomentToSecond(at(2026, 10, 14, 14, 2, 10), now)).toBe('Sat 14:02:10');
  });
});

describe('numbers', () => {
  it('groups digits and uses the true minus sign', () => {
    expect([13_207, -499, 0].map(formatCount)).toEqual(['13,207', '−499', '0']);
  });

  it('shows as many digits as help', () => {
    expect([0.830_12, 3274.26, 878.254, 12, 1.2e-7, 0, -0.5].map(formatValue)).toEqual(['0.8301', '3,274.3', '878.254', '12', '1.20e−7', '0', '−0.5']);
  });

  it('says so where what was logged is no number', () => {
    expect([0.5, null].map(formatMetric)).toEqual(['0.5', 'NaN']);
  });

  it('counts bytes in the units people say', () => {
    expect([0, 830, 26_000, 1_250_000, 999_600, 1.2e9].map(formatBytes)).toEqual(['0 B', '830 B', '26 kB', '1.3 MB', '1.0 MB', '1.2 GB']);
  });

  it('agrees with its noun', () => {
    expect([countOf(1, 'step'), countOf(0, 'step'), countOf(2, 'query', 'queries')]).toEqual(['1 step', '0 steps', '2 queries']);
  });
});
