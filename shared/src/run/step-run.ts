import { z } from 'zod';
import { Instant } from '../ids.ts';
import { Artifact } from './artifact.ts';
import { Decision, Donor, Reason } from './reason.ts';
import { StepFailure } from './step-failure.ts';
import { StepStatus } from './status.ts';
import { StepUsage } from './step-usage.ts';

const base = z.object({
  key: z.string(),
  /** Attempts begun so far; the current one is the last. */
  attempts: z.int().min(0),
  /** How many of them a stop of the server interrupted; they are not counted against the step's retries. */
  interruptions: z.int().optional(),
  /** Notes of the environment or of mapped settings, for the person who reads the run. */
  notes: z.array(z.string()),
  /** What the last attempt that has ended took of the machine. */
  usage: StepUsage.optional(),
  /** The name of the list of what its environment held. */
  lock: z.string().optional(),
});
const decided = base.extend({
  decision: Decision,
  reasons: z.array(Reason),
  fingerprint: z.string(),
});
const started = decided.extend({ startedAt: Instant });
/** Ends that may come at any time: before the decision, before the start, or after. */
const endedEarly = base.extend({
  decision: Decision.optional(),
  reasons: z.array(Reason).optional(),
  fingerprint: z.string().optional(),
  startedAt: Instant.optional(),
  endedAt: Instant,
});
/** Of a loop: how many items it has, and how far they have come. */
const items = z.object({ total: z.int(), ended: z.int(), failed: z.int() }).optional();
/** Of a sweep: the trial whose outputs are its own, and what it reached. */
const best = z.object({ step: z.string(), metric: z.string(), value: z.number() }).optional();
const outputs = z.record(z.string(), Artifact);

/** One step of a run. One shape per status, so that "completed without outputs" cannot be written down. */
export const StepRun = z
  .discriminatedUnion('status', [
    base.extend({ status: z.literal('waiting') }),
    decided.extend({ status: z.literal('preparing'), since: Instant, detail: z.string() }),
    decided.extend({ status: z.literal('queued'), since: Instant }),
    started.extend({ status: z.literal('running'), items }),
    started.extend({ status: z.literal('finalizing'), since: Instant, items }),
    /** `isReusable` is false when its local data changed while it ran: nobody can say what it has read. */
    started.extend({ status: z.literal('completed'), endedAt: Instant, outputs, isReusable: z.boolean(), items, best }),
    decided.extend({ status: z.literal('reused'), endedAt: Instant, outputs, donor: Donor }),
    endedEarly.extend({ status: z.literal('failed'), failure: StepFailure }),
    endedEarly.extend({ status: z.literal('timed-out'), failure: StepFailure }),
    endedEarly.extend({ status: z.literal('lost'), failure: StepFailure }),
    endedEarly.extend({ status: z.literal('cancelled'), by: z.string() }),
    endedEarly.extend({ status: z.literal('skipped'), why: z.string() }),
    /** `by`: the nearest steps above that failed. */
    endedEarly.extend({ status: z.literal('blocked'), by: z.array(z.string()) }),
    started.extend({ status: z.literal('retrying'), until: Instant, failure: StepFailure }),
  ])
  .meta({ id: 'StepRun' });
export type StepRun = z.infer<typeof StepRun>;

export type StepRunOf<S extends StepStatus> = Extract<StepRun, { status: S }>;

/** How many steps stand where; statuses without a step are left out. */
export const StepCounts = z.partialRecord(StepStatus, z.int());
export type StepCounts = z.infer<typeof StepCounts>;

export function countStatuses(steps: Iterable<Pick<StepRun, 'status'>>): StepCounts {
  const counts: StepCounts = {};
  for (const { status } of steps) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
