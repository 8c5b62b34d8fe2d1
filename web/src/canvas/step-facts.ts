import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import type { StepStatus } from '@pipewright/shared/run/status.ts';
import { type ComponentType, createContext, useContext } from 'react';
import type { StepStrip } from './step-strip.ts';

/** What wiring makes of a port: nothing, where it began, may be wired, may not. */
export type PortMark = 'plain' | 'source' | 'valid' | 'invalid';

/**
 * What a drawing shows besides the document, as hooks, so that each node, port and edge subscribes to its own fact and
 * nothing else wakes it. The designer and the run page each give theirs; the object never changes.
 */
export interface StepFacts {
  readonly useStrip: (step: string) => StepStrip;
  readonly useStatus: (step: string) => StepStatus | 'none';
  readonly usePortMark: (step: string, handle: string) => PortMark;
  readonly useProblemCount: (step: string) => number;
  /** Buttons in the head of a node, on hover, focus and selection. */
  readonly StepTools: ComponentType<{ readonly step: string }> | null;
  /** What stands in the middle of an edge, on hover. */
  readonly EdgeTools: ComponentType<{ readonly edge: Edge }> | null;
}

const StepFactsContext = createContext<StepFacts | null>(null);
export const StepFactsProvider = StepFactsContext.Provider;

export function useStepFacts(): StepFacts {
  const facts = useContext(StepFactsContext);
  if (!facts) throw new Error('Internal error: expected a StepFactsProvider above');
  return facts;
}
