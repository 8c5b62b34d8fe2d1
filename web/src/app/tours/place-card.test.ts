import { describe, expect, it } from 'vitest';
import { placeCard } from './place-card.ts';

const card = { width: 320, height: 160 };
const window = { width: 1440, height: 900 };

describe('the card of a tour', () => {
  it('stands beside what it speaks of, where there is room', () => {
    expect(placeCard({ left: 100, top: 300, width: 240, height: 60 }, card, window)).toEqual({ left: 352, top: 250 });
    expect(placeCard({ left: 1112, top: 50, width: 328, height: 800 }, card, window)).toEqual({ left: 780, top: 370 });
    expect(placeCard({ left: 200, top: 0, width: 1100, height: 44 }, card, window)).toEqual({ left: 590, top: 56 });
  });

  it('stands in what fills the window, at its bottom, and in the middle where it speaks of nothing', () => {
    expect(placeCard({ left: 290, top: 48, width: 820, height: 800 }, card, window)).toEqual({ left: 540, top: 664 });
    expect(placeCard(null, card, window)).toEqual({ left: 560, top: 370 });
  });

  it('never leaves the window', () => {
    const { left, top } = placeCard({ left: -300, top: 860, width: 1600, height: 30 }, card, window);
    expect([left >= 0, top >= 0, left + 320 <= 1440, top + 160 <= 900]).toEqual([true, true, true, true]);
  });
});
