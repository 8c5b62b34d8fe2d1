import { z } from 'zod';
import { Instant } from '../ids.ts';
import { Artifact } from './artifact.ts';
import { Donor, Reason } from './reason.ts';
import { LoopItem } from './run-snapshot.ts';
import { StepEnd, StepFailure } from './step-failure.ts';
import { StepUsage } from './step-usage.ts';

const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.object({ type: z.literal(type), at: Instant, ...shape });
const step = { step: z.string() };
const attempt = { ...step, attempt: z.int().min(1) };

/**
 * What happened, in the past tense; the only input of the engine. Events about an attempt carry its number, so that a
 * ghost of attempt 1 cannot end attempt 2. Late and repeated events change nothing.
 */
export const RunEvent = z.discriminatedUnion('type', [
  event('run:submitted', {}),
  event('run:cancel-requested', { by: z.string() }),
  /** Its time was up before its steps had ended. */
  event('run:timed-out', {}),
  /** The fingerprint was looked up: an earlier result stands in … */
  event('step:reuse-found', { ...step, donor: Donor, reasons: z.array(Reason), outputs: z.record(z.string(), Artifact) }),
  /** … or the step has to run. */
  event('step:run-decided', { ...step, reasons: z.array(Reason) }),
  event('step:preparation-progressed', { ...step, detail: z.string() }),
  event('step:prepared', { ...step, notes: z.array(z.string()), lock: z.string().optional() }),
  event('step:preparation-failed', { ...step, failure: StepFailure }),
  /** A slot was free and the attempt's folder is claimed. */
  event('step:started', attempt),
  event('step:exited', {
    ...attempt,
    end: StepEnd,
    failure: StepFailure.optional(),
    usage: StepUsage.optional(),
    notes: z.array(z.string()).optional(),
  }),
  event('step:collected', {
    ...attempt,
    outputs: z.record(z.string(), Artifact),
    notes: z.array(z.string()),
    isReusable: z.boolean(),
    best: z.object({ step: z.string(), metric: z.string(), value: z.number() }).optional(),
  }),
  event('step:collection-failed', { ...attempt, failure: StepFailure }),
  /** What a loop goes over is known, … */
  event('step:expanded', { ...step, items: z.array(LoopItem), /** More are to come, up to this many in all. */ upTo: z.int().optional() }),
  /**
   * A sweep that learns from its trials has found what to try next, or a repeated step what its next round takes; the last ones,
   * where nothing more is to come. `after`: how many there were when it was asked.
   */
  event('step:items-added', { ...step, items: z.array(LoopItem), areLast: z.boolean(), after: z.int().optional() }),
  /** A trial does worse than others: it is ended before its time. */
  event('step:given-up', { ...attempt, why: z.string() }),
  /** A sweep's own time is up: what has not ended is stopped, and the best of the rest counts. */
  event('step:time-up', step),
  /** … or cannot be known. `after`: after how many rounds of a repeated step. */
  event('step:expansion-failed', { ...step, failure: StepFailure, after: z.int().optional() }),
  /** The wait after a failed attempt is over. */
  event('step:retry-due', attempt),
  /** The server was ended with Ctrl-C and took the attempt with it; the step is tried again at the next start. */
  event('step:interrupted', attempt),
]);
export type RunEvent = z.infer<typeof RunEvent>;
export type RunEventType = RunEvent['type'];
