import { expect, it } from 'vitest';
import { itemKey, splitItemKey } from './item-key.ts';

it('the key of an item is split into what it was made of', () => {
  for (const loop of ['each', 'outer/each']) expect(splitItemKey(itemKey(loop, 6))).toEqual({ loop, number: 7 });
  expect(splitItemKey('outer/inner')).toEqual({ loop: 'outer', number: Number.NaN });
  for (const key of ['each', '/1', '']) expect(splitItemKey(key)).toBeNull();
});
