import { edgeLook, type EdgeLook } from './edge-look.ts';
import type { StepEdge } from './flow-graph.ts';
import { useStatus } from './step-facts.ts';

/** How an edge is drawn now, by what it is and by how the steps at its ends stand. */
export function useEdgeLook({ source, target, data }: Pick<StepEdge, 'source' | 'target' | 'data'>): EdgeLook {
  // Where it ends at a collapsed group, the step in there counts.
  const sourceStatus = useStatus(data?.edge?.from.step ?? source);
  const targetStatus = useStatus(data?.edge?.to.step ?? target);
  if (data?.isBroken) return 'broken';
  if (data?.difference) return data.difference;
  // The frame of a pipeline has the status of all of its steps, which says nothing of what goes in and out by one port.
  return edgeLook({ source: data?.passes === 'in' ? 'none' : sourceStatus, target: data?.passes === 'out' ? 'none' : targetStatus });
}
