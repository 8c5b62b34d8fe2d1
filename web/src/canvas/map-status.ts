import type { Fact } from './fact.ts';
import type { StepNode } from './flow-graph.ts';
import type { MapStep } from './map-painter.ts';
import type { StepFacts } from './step-facts.ts';

type Status = MapStep['status'];

/** The status of a step, or of a collapsed group: the worst of its steps. */
export function rememberedStatus({ status, groups }: Pick<StepFacts, 'status' | 'groups'>): (node: Pick<StepNode, 'id' | 'data'>) => Status {
  const known = new Map<string, Fact<Status>>();
  return ({ id, data: { box } }) => {
    // Its steps may be others the next time.
    if (box) return groups?.strip(box.steps).get().status ?? 'none';
    const fact = known.get(id) ?? status(id);
    known.set(id, fact);
    return fact.get();
  };
}
