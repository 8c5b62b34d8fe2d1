import { putInTag } from '@pipewright/shared/graph/adapter-for.ts';
import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import type { Pipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { StepView } from '../../../canvas/step-view.ts';

/** A conversion that stands where it was put: what it says of itself, and the step for which it is there. */
export interface PutIn {
  readonly step: string;
  readonly text: string;
  /** The edge that goes on from it. */
  readonly onward: Edge;
}

interface Graph {
  readonly document: Pipeline;
  readonly edges: readonly Edge[];
  readonly views: ReadonlyMap<string, StepView>;
}

/** The conversions that were put in and still are between two steps. */
export function findPutIn({ document, edges, views }: Graph): PutIn[] {
  return Object.entries(document.jobs).flatMap(([step, { tags }]) => {
    const said = tags?.[putInTag];
    if (typeof said !== 'string') return [];
    const onward = edges.find(({ from }) => from.step === step);
    const isFed = edges.some(({ to }) => to.step === step);
    if (!onward || !isFed || !views.has(onward.to.step)) return [];
    return [{ step, text: `put in to convert ${said}`, onward }];
  });
}
