import { isStepDone, type StepStatus } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { runStoreOf } from '../realtime/run-store.ts';
import { constantFact, factOf } from './fact.ts';
import type { FlowGraph, StepEdge } from './flow-graph.ts';
import { nestedStanding, stripOfNested } from './nested-strip.ts';
import { groupStrip } from './paper/group-strip.ts';
import { innerHandle } from './port-slots.ts';
import type { Nesting, StepFacts } from './step-facts.ts';
import { stripOfRun, type StepStrip } from './step-strip.ts';
import type { ItemNoun } from './item-noun.ts';

/** What a run's drawing asks of its document. */
export interface RunGraphNames {
  readonly titleOf: (step: string) => string;
  /** The key of the pipeline inside the run whose graph this is, with a slash; empty for the run's own. */
  readonly prefix: string;
  readonly subtitleOf: (step: string) => string;
  readonly isPipeline: (step: string) => boolean;
  readonly itemNoun: (step: string) => ItemNoun;
  /** The step of the run that does the work of a step of the drawing: itself, or the loop that it is the body of. */
  readonly doneBy: (step: string) => string;
  /** The steps that a step reads directly, by their keys in the run. */
  readonly sourcesOf: (step: string) => readonly string[];
  /** The name of who looks at it. */
  readonly me: string | null;
}

/** The steps that each step of a drawing reads directly; through the frame of the pipeline that it is in, what that is given. */
export function sourcesIn({ edges, controls }: Pick<FlowGraph, 'edges' | 'controls'>): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, Set<string>>();
  const add = (to: string, from: string): void => void (sources.get(to)?.add(from) ?? sources.set(to, new Set([from])));
  const intoFrames = Map.groupBy(edges, ({ target, targetHandle }) => `${target} ${innerHandle(targetHandle ?? '')}`);
  const readsBy = ({ source, sourceHandle, data }: StepEdge): readonly string[] =>
    data?.passes === 'in' ? (intoFrames.get(`${source} ${sourceHandle}`) ?? []).flatMap(readsBy) : [source];
  for (const edge of edges) if (edge.data?.passes !== 'out') for (const source of readsBy(edge)) add(edge.target, source);
  for (const { from, to } of controls) add(to, from);
  // A loop waits for what its body reads.
  for (const { from, to, isBody } of controls) if (isBody) for (const source of sources.get(from) ?? []) add(to, source);
  return new Map([...sources].map(([key, keys]) => [key, [...keys]]));
}

interface RunGraphActs {
  /** Null where pipelines can only be looked at from outside. */
  readonly nesting: Nesting | null;
  readonly expandGroup: (group: string) => void;
}

/** A run has no problems, and plans nothing. */
const nothingBesides = { problems: 0, stale: 0, aside: 0, willRun: 0, willReuse: 0 } as const;

/** Facts of an immutable run: everything but the statuses stands still. */
export function createRunFacts(runId: string | null, names: RunGraphNames, { nesting, expandGroup }: RunGraphActs): StepFacts {
  const store = runStoreOf(runId);
  const keyOf = (step: string): string => `${names.prefix}${step}`;
  const statusOf = (step: string): StepStatus | 'none' => {
    const { steps } = store.getState();
    if (names.isPipeline(step)) return stripOfNested(nestedStanding(steps, keyOf(step)))?.status ?? 'none';
    return steps[keyOf(names.doneBy(step))]?.status ?? 'none';
  };
  const countStatuses = (steps: readonly string[]): Partial<Record<StepStatus, number>> => {
    const counts: Partial<Record<StepStatus, number>> = {};
    for (const status of steps.map(statusOf)) if (status !== 'none') counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  };
  return {
    keyOf,
    subtitle: (step) => constantFact(names.subtitleOf(step)),
    strip: (step) => {
      const key = keyOf(step);
      if (names.isPipeline(step)) {
        return factOf({
          from: [store],
          read: () => [nestedStanding(store.getState().steps, key)] as const,
          make: ([standing]) => stripOfNested(standing) ?? stripWithoutRun,
        });
      }
      const worker = keyOf(names.doneBy(step));
      return factOf({
        from: [store],
        read: () => [store.getState().steps[worker], waitsFor(store.getState().steps, worker, names), queuedAhead(store.getState().steps, worker)] as const,
        make: ([run, waiting, ahead]) =>
          run ? stripOfStep(run, waiting, { titleOf: names.titleOf, itemNoun: names.itemNoun(step), ahead, me: names.me }) : stripWithoutRun,
      });
    },
    status: (step) => {
      const key = keyOf(step);
      if (names.isPipeline(step)) {
        return factOf({
          from: [store],
          read: () => [nestedStanding(store.getState().steps, key)] as const,
          make: ([standing]) => stripOfNested(standing)?.status ?? 'none',
        });
      }
      const worker = keyOf(names.doneBy(step));
      return factOf({ from: [store], read: () => [store.getState().steps[worker]?.status] as const, make: ([status]) => status ?? 'none' });
    },
    statuses: store,
    groups: {
      strip: (steps) =>
        factOf({
          from: [store],
          // As text, so that it can be compared.
          read: () => [JSON.stringify(countStatuses(steps))] as const,
          make: () => groupStrip({ ...nothingBesides, statuses: countStatuses(steps), total: steps.length }),
        }),
      isSelectable: false,
      expand: expandGroup,
    },
    portMark: () => constantFact('plain'),
    problemCount: () => constantFact(0),
    nesting,
    StepTools: null,
    EdgeTools: null,
  };
}

const stripWithoutRun: StepStrip = { status: 'none', look: 'not-run', word: 'Not run', detail: '', isDetailCode: false, time: null };

/**
 * The steps that a waiting step waits for. Text, not a list, so that it can be compared: the node is woken when that
 * changes, and not by every status of the run.
 */
export function waitsFor(steps: Readonly<Record<string, StepRun>>, step: string, names: Pick<RunGraphNames, 'sourcesOf'>): string {
  if (steps[step]?.status !== 'waiting') return '';
  const open = names.sourcesOf(step).filter((source) => {
    const status = steps[source]?.status ?? stripOfNested(nestedStanding(steps, source))?.status;
    return status !== undefined && status !== 'none' && !isStepDone(status);
  });
  return open.join(' ');
}

/** How many steps of the run ask for a slot before a queued one: whoever asks first has it first. */
export function queuedAhead(steps: Readonly<Record<string, StepRun>>, key: string): number {
  const step = steps[key];
  if (step?.status !== 'queued') return 0;
  const queue = queues.get(steps) ?? queueOf(steps);
  queues.set(steps, queue);
  let [from, to] = [0, queue.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((queue[middle] ?? '') < step.since) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** A thousand queued steps ask the same question after each change. */
const queues = new WeakMap<Readonly<Record<string, StepRun>>, readonly string[]>();

const queueOf = (steps: Readonly<Record<string, StepRun>>): readonly string[] =>
  Object.values(steps)
    .flatMap((step) => (step.status === 'queued' ? [step.since] : []))
    .toSorted();

interface StripNames {
  readonly titleOf: (step: string) => string;
  readonly itemNoun: ItemNoun;
  readonly ahead: number;
  readonly me: string | null;
}

export function stripOfStep(run: StepRun, waiting: string, { titleOf, itemNoun, ahead, me }: StripNames): StepStrip {
  return stripOfRun(run, { titleOf, itemNoun, ahead, me, waitsFor: waiting === '' ? [] : waiting.split(' ').map(titleOf) });
}
