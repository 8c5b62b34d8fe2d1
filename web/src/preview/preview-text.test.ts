import { describe, expect, it } from 'vitest';
import { chooseFile } from './choose-file.ts';
import { formatCell } from './format-cell.ts';
import { parsePreviewTarget } from './preview-target.ts';
import { linesOf } from './text-lines.ts';

const number = { kind: 'number' } as const;

describe('parsePreviewTarget', () => {
  it('splits at the first dot: ports may hold some, steps never', () => {
    expect(parsePreviewTarget('prep/clean.group.table')).toEqual({ step: 'prep/clean', port: 'group.table' });
    expect(['', 'clean', '.table', 'clean.'].map(parsePreviewTarget)).toEqual([null, null, null, null]);
  });
});

describe('formatCell', () => {
  it('groups numbers, also those that came as text because they are large', () => {
    expect(formatCell(number, 13_207)).toBe('13,207');
    expect(formatCell(number, '3504')).toBe('3,504');
    expect(formatCell(number, '9223372036854775807')).toBe('9223372036854775807');
  });

  it('writes years as years', () => {
    expect(formatCell(number, '1970', { min: '1970', max: '1982' })).toBe('1970');
    expect(formatCell(number, 1970, { min: 1613, max: 5140 })).toBe('1,970');
  });

  it('leaves text alone and names what is missing', () => {
    expect(formatCell({ kind: 'text' }, '3504')).toBe('3504');
    expect(formatCell(number, null)).toBe('missing');
  });
});

describe('chooseFile', () => {
  it('shows a plot before a report before anything else', () => {
    const files = (...paths: string[]) => paths.map((path) => ({ path }));
    expect(chooseFile(files('metrics.json', 'report.html', 'plots/roc.json'))).toBe('plots/roc.json');
    expect(chooseFile(files('metrics.json', 'report.html'))).toBe('report.html');
    expect(chooseFile(files('model.bin'))).toBe('model.bin');
    expect(chooseFile([])).toBeUndefined();
  });
});

describe('linesOf', () => {
  it('joins what was cut between two pieces, and cuts what no screen holds', () => {
    expect(linesOf(['a\nb', 'c\r\nd\n'])).toEqual(['a', 'bc', 'd']);
    expect(linesOf([''])).toEqual(['']);
    expect(linesOf(['x'.repeat(5003)])[0]).toMatch(/x… \(3 more characters\)$/);
  });
});
