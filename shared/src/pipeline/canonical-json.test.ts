import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dose } from '../testing/dose.ts';
import { canonicalJson } from './canonical-json.ts';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

describe('canonicalJson', () => {
  it('does not depend on the order of keys, and says all that JSON says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      dose(200),
    );
  });

  it('leaves out what is undefined and keeps the order of lists', () => {
    expect(canonicalJson({ b: [2, 1, undefined], a: undefined, é: 'x' })).toBe('{"b":[2,1,null],"é":"x"}');
  });
});
