import type { Edge } from '@pipewright/shared/graph/edges-of.ts';
import type { StepStatus } from '@pipewright/shared/run/status.ts';
import { type ComponentType, createContext, useContext, useMemo } from 'react';
import { type Changing, constantFact, type Fact, useFact } from './fact.ts';
import type { StepStrip } from './step-strip.ts';
import type { StepView } from './step-view.ts';

/** What wiring makes of a port: nothing, where it began, may be wired, may not. */
export type PortMark = 'plain' | 'source' | 'valid' | 'invalid';

/**
 * What a drawing shows besides the document, fact by fact, so that each node, port and edge follows its own and nothing
 * else wakes it. The designer and the run page each give theirs; the object never changes.
 */
export interface StepFacts {
  /** How a step is called in the run: in a pipeline inside another with that one's key before its own. */
  readonly keyOf: (step: string) => string;
  readonly strip: (step: string) => Fact<StepStrip>;
  readonly status: (step: string) => Fact<StepStatus | 'none'>;
  /** The words under its title as they are typed; left out where nothing is typed. */
  readonly subtitle?: (step: string) => Fact<string>;
  /** Whatever may change the status of any step, for who shows all of them at once. */
  readonly statuses: Changing;
  readonly portMark: (step: string, handle: string) => Fact<PortMark>;
  readonly problemCount: (step: string) => Fact<number>;
  /** Where the steps of a collapsed group stand; left out where groups do not collapse. */
  readonly groups?: GroupFacts;
  /** What can be done with a step that is a pipeline; null where it can only be looked at from outside. */
  readonly nesting: Nesting | null;
  /** The names of others who have a step selected; left out where nobody is told of. */
  readonly namesAt?: (step: string) => Fact<readonly string[]>;
  /** What is said of a step; left out where nothing can be said. */
  readonly comments?: StepComments;
  /** Of what a strip names as its cause; left out where it names none. */
  readonly origins?: Origins;
  /** Buttons in the head of a node, on hover, focus and selection. */
  readonly StepTools: ComponentType<{ readonly step: string }> | null;
  /** What stands in the middle of an edge, on hover. */
  readonly EdgeTools: ComponentType<{ readonly edge: Edge }> | null;
}

export interface GroupFacts {
  readonly strip: (steps: readonly string[]) => Fact<StepStrip>;
  /** Its box takes the keyboard when it is selected; where it cannot be, its button does. */
  readonly isSelectable: boolean;
  readonly expand: (group: string) => void;
}

interface StepComments {
  /** How many are not resolved. */
  readonly openAt: (step: string) => Fact<number>;
  readonly show: (step: string) => void;
}

export interface Origins {
  /** The pointer rests on a step's name somewhere else: it is marked where it stands. */
  readonly point: (step: string | null) => void;
  readonly go: (step: string) => void;
  readonly isPointed: (step: string) => Fact<boolean>;
}

export interface Nesting {
  /** Unfolds the pipeline in its place, or folds it. */
  readonly toggle: (step: string) => void;
  readonly open: (step: string) => void;
}

const StepFactsContext = createContext<StepFacts | null>(null);
export const StepFactsProvider = StepFactsContext.Provider;

export function useStepFacts(): StepFacts {
  const facts = useContext(StepFactsContext);
  if (!facts) throw new Error('Internal error: expected a StepFactsProvider above');
  return facts;
}

export function useStrip(step: string): StepStrip {
  const facts = useStepFacts();
  return useFact(useMemo(() => facts.strip(step), [facts, step]));
}

export function useStatus(step: string): StepStatus | 'none' {
  const facts = useStepFacts();
  return useFact(useMemo(() => facts.status(step), [facts, step]));
}

/** The words under a step's title, which follow what is typed without anything else being drawn. */
export function useSubtitle({ key, subtitle }: Pick<StepView, 'key' | 'subtitle'>): string {
  const facts = useStepFacts();
  return useFact(useMemo(() => facts.subtitle?.(key) ?? constantFact(subtitle), [facts, key, subtitle]));
}

const nothingSaid = constantFact<StepStrip>({ status: 'none', look: 'version', word: '', detail: '', isDetailCode: false, time: null });

export function useGroupStrip(steps: readonly string[]): StepStrip {
  const { groups } = useStepFacts();
  return useFact(useMemo(() => groups?.strip(steps) ?? nothingSaid, [groups, steps]));
}

const notPointed = constantFact(false);

export function useIsPointed(step: string): boolean {
  const { origins } = useStepFacts();
  return useFact(useMemo(() => origins?.isPointed(step) ?? notPointed, [origins, step]));
}

const nobody = constantFact<readonly string[]>([]);

export function useNamesAt(step: string): readonly string[] {
  const { namesAt } = useStepFacts();
  return useFact(useMemo(() => namesAt?.(step) ?? nobody, [namesAt, step]));
}

export function usePortMark(step: string, handle: string): PortMark {
  const facts = useStepFacts();
  return useFact(useMemo(() => facts.portMark(step, handle), [facts, step, handle]));
}

const none = constantFact(0);

export function useOpenComments(step: string): number {
  const { comments } = useStepFacts();
  return useFact(useMemo(() => comments?.openAt(step) ?? none, [comments, step]));
}

export function useProblemCount(step: string): number {
  const facts = useStepFacts();
  return useFact(useMemo(() => facts.problemCount(step), [facts, step]));
}
