import { describe, expect, it } from 'vitest';
import { mapFrame, windowOf } from './map-painter.ts';

const size = { width: 164, height: 124 };
const steps = { x: 0, y: 0, width: 1000, height: 3000 };

describe('the map', () => {
  it('shows every step and the window, centred and as large as they fit', () => {
    const seen = windowOf({ x: 200, y: 100, zoom: 0.5 }, { width: 800, height: 600 });
    expect(seen).toEqual({ x: -400, y: -200, width: 1600, height: 1200 });
    const { x, y, scale } = mapFrame(steps, seen, size);
    // From the top of the window to the last step, with a margin of five pixels.
    expect(scale).toBeCloseTo(114 / 3200);
    expect((-200 - y) * scale).toBeCloseTo(5);
    expect((3000 - y) * scale).toBeCloseTo(119);
    expect((-400 - x) * scale + (1200 - x) * scale).toBeCloseTo(size.width);
  });

  it('stands still while the window moves over the steps', () => {
    const at = (left: number) => mapFrame(steps, { x: left, y: 500, width: 300, height: 300 }, size);
    expect(at(10)).toEqual(at(600));
  });
});
