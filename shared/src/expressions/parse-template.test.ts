import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dose } from '../testing/dose.ts';
import { parseTemplate, placeholdersOf } from './parse-template.ts';

describe('parseTemplate', () => {
  it('takes a command apart, with positions in the whole text', () => {
    const text = 'run $[[--a ${{inputs.a}}]] ${{ outputs.out }}';
    const { parts, errors } = parseTemplate(text);
    expect(errors).toEqual([]);
    expect(parts.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['text', 'run '],
      ['optional', '$[[--a ${{inputs.a}}]]'],
      ['text', ' '],
      ['placeholder', '${{ outputs.out }}'],
    ]);
    expect(placeholdersOf(parts).map(({ path }) => path)).toEqual([
      ['inputs', 'a'],
      ['outputs', 'out'],
    ]);
  });

  it.each([
    ['${{inputs.a', 0, 'never closed'],
    ['x $[[--a', 2, 'never closed'],
    ['${{}}', 0, 'not a name'],
    ['${{inputs.}}', 0, 'not a name'],
    ['a ${{1 + 2}}', 2, 'not a name'],
  ])('says what is wrong with %j and where', (text, offset, message) => {
    expect(parseTemplate(text).errors).toEqual([{ offset, message: expect.stringContaining(message) }]);
  });

  it('gives back every character of any text once and in order', () => {
    const piece = fc.constantFrom('${{', '}}', '$[[', ']]', '${{inputs.a}}', 'inputs.b', ' ', '$', '{', '[', 'é');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const { parts } = parseTemplate(text);
        expect(parts.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      }),
      dose(500),
    );
  });
});
