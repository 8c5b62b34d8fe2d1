import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';

describe('crc32', () => {
  it('gives the sum that everybody else gives', () => {
    expect(crc32(Uint8Array.from({ length: 9 }, (_none, index) => 0x31 + index))).toBe(0xcb_f4_39_26);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});
