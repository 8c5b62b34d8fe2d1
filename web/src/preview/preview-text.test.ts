import { describe, expect, it } from 'vitest';
import { chooseFile } from './choose-file.ts';
import { formatCell } from './format-cell.ts';
import { parsePreviewTarget } from './preview-target.ts';
import type { ColumnFacts } from './table-facts.ts';

const column = (over: Partial<ColumnFacts>): ColumnFacts => ({
  name: 'x',
  type: 'BIGINT',
  kind: 'number',
  missing: 0,
  distinct: null,
  min: 0,
  max: 100_000,
  mean: null,
  histogram: [],
  ...over,
});

describe('parsePreviewTarget', () => {
  it('splits at the first dot: ports may hold some, steps never', () => {
    expect(parsePreviewTarget('prep/clean.group.table')).toEqual({ step: 'prep/clean', port: 'group.table' });
    expect(['', 'clean', '.table', 'clean.'].map(parsePreviewTarget)).toEqual([null, null, null, null]);
  });
});

describe('formatCell', () => {
  it('groups numbers, also those that came as text because they are large', () => {
    expect(formatCell(column({}), 13_207)).toBe('13,207');
    expect(formatCell(column({}), '3504')).toBe('3,504');
    expect(formatCell(column({}), '9223372036854775807')).toBe('9223372036854775807');
  });

  it('writes years as years', () => {
    expect(formatCell(column({ min: '1970', max: '1982' }), '1970')).toBe('1970');
    expect(formatCell(column({ min: 1613, max: 5140 }), 1970)).toBe('1,970');
  });

  it('leaves text alone and names what is missing', () => {
    expect(formatCell(column({ kind: 'text' }), '3504')).toBe('3504');
    expect(formatCell(column({}), null)).toBe('missing');
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
