import { z } from 'zod';
import { Problem } from '../graph/problem.ts';
import { Decision, Donor, Reason } from './reason.ts';

export const PlannedStep = z.object({
  key: z.string(),
  displayName: z.string(),
  decision: Decision,
  reasons: z.array(Reason).min(1),
  donor: Donor.nullable(),
  /** How long the nearest completed run of this step took; null when there is none. */
  expectedMs: z.number().nullable(),
});
export type PlannedStep = z.infer<typeof PlannedStep>;

/** A step of the document that no run has in it: disabled, bypassed, or in need of one that is disabled. */
export const LeftOutStep = z.object({ key: z.string(), displayName: z.string(), kind: z.enum(['disabled', 'bypassed', 'needs']), text: z.string() });
export type LeftOutStep = z.infer<typeof LeftOutStep>;

/** What a run would do, decided before it starts, in topological order. */
export const Plan = z.object({
  steps: z.array(PlannedStep),
  problems: z.array(Problem),
  /** Left out where there is none. */
  leftOut: z.array(LeftOutStep).optional(),
});
export type Plan = z.infer<typeof Plan>;
