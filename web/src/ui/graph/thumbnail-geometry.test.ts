// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { placeThumbnail } from './thumbnail-geometry.ts';

const box = { width: 252, height: 104, nodeWidth: 44, nodeHeight: 14, scaleX: 0.2, scaleY: 0.17 };
const step = (x: number, y: number) => ({ x, y, family: 'data' as const });

describe('placeThumbnail', () => {
  it('puts a single step in the middle', () => {
    const { nodes } = placeThumbnail({ steps: [step(900, -40)], edges: [] }, box);
    expect(nodes).toEqual([{ x: (252 - 44) / 2, y: (104 - 14) / 2 }]);
  });

  it('keeps every node of a large graph inside the box', () => {
    const steps = Array.from({ length: 400 }, (_, index) => step((index % 20) * 264, Math.floor(index / 20) * 112));
    const { nodes, nodeWidth, nodeHeight } = placeThumbnail({ steps, edges: [] }, box);
    for (const { x, y } of nodes) {
      expect(x).toBeGreaterThanOrEqual(-0.01);
      expect(y).toBeGreaterThanOrEqual(-0.01);
      expect(x + nodeWidth).toBeLessThanOrEqual(252.01);
      expect(y + nodeHeight).toBeLessThanOrEqual(104.01);
    }
  });

  it('draws nothing for a pipeline without steps', () => {
    expect(placeThumbnail({ steps: [], edges: [] }, box).nodes).toEqual([]);
  });
});
