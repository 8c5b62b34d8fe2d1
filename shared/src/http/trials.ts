import { z } from 'zod';
import { Scalar } from '../json.ts';
import { StepStatus } from '../run/status.ts';
import { Goal } from '../sweep/sweep.ts';

/** The trials of a sweep, as far as it is known what is tried. */
export const Trials = z.object({
  metric: z.string(),
  goal: Goal,
  parameters: z.array(z.string()),
  /** The trial whose outputs are the sweep's; null until that is known. */
  best: z.string().nullable(),
  items: z.array(
    z.object({
      key: z.string(),
      values: z.record(z.string(), Scalar),
      /** Null: not begun. */
      status: StepStatus.nullable(),
      /** The best of the metric so far; null: nothing logged. */
      result: z.number().nullable(),
      /** The course of the metric, as many points of it as can be told apart; `value` is null for NaN and infinities. */
      points: z.array(z.object({ step: z.int(), value: z.number().nullable() })),
      durationMs: z.number().nullable(),
      /** Why it ended before its time, or failed. */
      why: z.string().nullable(),
    }),
  ),
});
export type Trials = z.infer<typeof Trials>;
export type Trial = Trials['items'][number];
