import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import { edgeLines, type Line } from '../../../canvas/edge-lines.ts';
import { isGroupNode } from '../../../canvas/paper/collapse-groups.ts';
import type { FlowGraph } from '../../../canvas/flow-graph.ts';

/** An edge of the document as it lies on the paper. */
export interface EdgeLine extends Line {
  readonly edge: Edge;
}

/** The edges into which something can be put: those of unfolded pipelines are not for us to change, and of a collapsed group one does not see where they lead. */
export function openLines(flow: Pick<FlowGraph, 'nodes' | 'edges'>): readonly EdgeLine[] {
  const lines =
    known.get(flow) ??
    edgeLines(flow).flatMap(({ edge: { data, source, target }, from, to }) => {
      const isOpen = data?.isBroken === false && !isGroupNode(source) && !isGroupNode(target);
      return isOpen && data.edge ? [{ edge: data.edge, from, to }] : [];
    });
  known.set(flow, lines);
  return lines;
}

const known = new WeakMap<Pick<FlowGraph, 'nodes' | 'edges'>, readonly EdgeLine[]>();
