import { describe, expect, it } from 'vitest';
import { edgeLines, edgeNear } from './edge-lines.ts';
import { createFlowMapper } from './flow-graph.ts';
import { sampleComponents, samplePipeline } from './testing/sample-pipeline.ts';

const flow = createFlowMapper()({
  content: samplePipeline(),
  components: sampleComponents,
  selectedSteps: new Set(),
  selectedEdges: new Set(),
  areScalarsShown: false,
});

describe('edges as lines', () => {
  it('lead from the lower side of one node to the upper side of another', () => {
    const lines = edgeLines(flow);
    expect(lines).toHaveLength(flow.edges.length);
    const nodes = new Map(flow.nodes.map((node) => [node.id, node.position]));
    for (const { edge, from, to } of lines) {
      expect(from.y).toBe((nodes.get(edge.source)?.y ?? 0) + 68);
      expect(to.y).toBe(nodes.get(edge.target)?.y);
    }
  });

  it('are found by a point on them or beside them, the nearest first', () => {
    for (const { edge, from, to } of edgeLines(flow)) {
      const middle = { x: (from.x + to.x) / 2 + 2, y: (from.y + to.y) / 2 };
      expect(edgeNear(edgeLines(flow), middle, 12)?.edge.id).toBe(edge.id);
    }
    expect(edgeNear(edgeLines(flow), { x: -5000, y: 0 }, 12)).toBeNull();
  });
});
