import { z } from 'zod';

export const ReasonCode = z.enum([
  // why it runs
  'never-ran',
  'forced',
  'not-deterministic',
  'command-changed',
  'interface-changed',
  'code-changed',
  'environment-changed',
  'input-changed', // a literal
  'data-changed', // the content of a data input
  'output-changed', // its declaration
  'compute-changed',
  'never-reused', // the step says so
  'donor-deleted',
  'never-completed', // the nearest run of these ingredients failed or was stopped
  'missing', // not among the steps that were asked for, but they read it and there is no earlier result
  // why it is reused
  'same', // every part of the fingerprint equals the donor's
  'always-reused', // the step takes its newest result, whatever differs
  'resumed', // finished in the run that this one goes on with
  'outside', // not among the steps that were asked for
  'pinned', // the result of a run is taken instead, until somebody unpins it
  // why it cannot be known yet
  'upstream-will-run',
  'per-item', // of a loop, each item is decided by itself
  'conditional', // it has a condition, which is asked on the way
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** One cause of a decision, made to be shown (`text`) and to be computed with (the rest). */
export const Reason = z.object({
  code: ReasonCode,
  /** `input learning_rate 0.1 → 0.2`, `code: train.py changed`, `same inputs as run 41`. */
  text: z.string(),
  /** The input, output, file or step that the reason is about. */
  subject: z.string().optional(),
  before: z.string().optional(),
  after: z.string().optional(),
  /** The run that the comparison was made with. */
  run: z.string().optional(),
});
export type Reason = z.infer<typeof Reason>;

/** In a plan a decision may hang on bytes that do not exist yet; afterwards it was one of the first two. */
export const Decision = z.enum(['run', 'reuse', 'run-or-reuse']);
export type Decision = z.infer<typeof Decision>;

/** The step run whose outputs stand in. */
export const Donor = z.object({ run: z.string(), step: z.string() });
export type Donor = z.infer<typeof Donor>;
