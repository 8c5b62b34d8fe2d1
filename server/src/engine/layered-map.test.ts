import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dose } from '@pipewright/shared/testing/dose.ts';
import { LayeredMap, LayeredMapDraft } from './layered-map.ts';

describe('a layered map', () => {
  it('holds what a plain map would, and what it was made from stays as it was', () => {
    const change = fc.tuple(fc.nat(400), fc.option(fc.nat(9), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 40 }), { maxLength: 30 }), (turns) => {
        let layered = new LayeredMap<number, number>();
        const plain = new Map<number, number>();
        for (const turn of turns) {
          const before = [...layered];
          const draft = new LayeredMapDraft(layered);
          for (const [key, value] of turn) {
            if (value === undefined) {
              draft.delete(key);
              plain.delete(key);
            } else {
              draft.set(key, value);
              plain.set(key, value);
            }
            expect(draft.get(key)).toBe(plain.get(key));
            expect(draft.size).toBe(plain.size);
          }
          const after = draft.finish();
          expect([...layered]).toEqual(before);
          layered = after;
        }
        expect(layered.size).toBe(plain.size);
        expect(new Map(layered)).toEqual(plain);
        expect([...layered.keys()].every((key) => layered.has(key))).toBe(true);
      }),
      dose(100),
    );
  });
});
