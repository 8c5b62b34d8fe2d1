import { describe, expect, it } from 'vitest';
import { cornersOf, isInRange, moveRange, oneCell, toClipboardText } from './cell-range.ts';

const size = { rows: 10, columns: 3, page: 4 };
const press = (key: string, more: { isShift?: boolean; isControl?: boolean } = {}) => ({ key, isShift: false, isControl: false, ...more });

describe('a range of cells', () => {
  it('begins at the first cell with the first key', () => {
    expect(moveRange(null, press('ArrowDown'), size)).toEqual(oneCell({ row: 0, column: 0 }));
    expect(moveRange(null, press('a'), size)).toBeUndefined();
    expect(moveRange(null, press('ArrowDown'), { ...size, rows: 0 })).toBeUndefined();
  });

  it.each([
    ['ArrowUp', {}, { row: 1, column: 1 }],
    ['ArrowUp', { isControl: true }, { row: 0, column: 1 }],
    ['ArrowDown', { isControl: true }, { row: 9, column: 1 }],
    ['ArrowRight', {}, { row: 2, column: 2 }],
    ['PageDown', {}, { row: 6, column: 1 }],
    ['PageUp', {}, { row: 0, column: 1 }],
    ['Home', {}, { row: 2, column: 0 }],
    ['End', { isControl: true }, { row: 9, column: 2 }],
  ])('%s %o leads inside the table', (key, more, head) => {
    expect(moveRange(oneCell({ row: 2, column: 1 }), press(key, more), size)).toEqual(oneCell(head));
  });

  it('grows with Shift from where it began, in any direction', () => {
    const range = moveRange(oneCell({ row: 2, column: 1 }), press('ArrowUp', { isShift: true }), size) ?? null;
    expect(range && cornersOf(range)).toEqual({ from: { row: 1, column: 1 }, to: { row: 2, column: 1 } });
    expect([isInRange(range, { row: 1, column: 1 }), isInRange(range, { row: 1, column: 0 }), isInRange(null, { row: 0, column: 0 })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is copied as spreadsheets take it', () => {
    expect(
      toClipboardText([
        ['a\tb', 1.5, null],
        ['say "x"', true, '9007199254740993'],
      ]),
    ).toBe('"a\tb"\t1.5\t\n"say ""x"""\ttrue\t9007199254740993');
  });
});
