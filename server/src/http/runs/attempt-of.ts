import type { RunId } from '@pipewright/shared/ids.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import { RunId as RunIdSchema } from '@pipewright/shared/ids.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { notFound } from '../errors.ts';
import type { Services } from '../services.ts';

export interface FoundAttempt {
  readonly step: StepRun;
  /** Where the attempt ran: the step itself, or for a reused one the step whose result stands in. */
  readonly donor: Donor;
  readonly attempt: number;
}

/** The attempt of a step that is asked for (the last one if none is named); a reused step shows its donor's. */
export async function attemptOf(services: Services, { id, key }: { id: RunId; key: string }, attempt: number | undefined): Promise<FoundAttempt> {
  const step = await services.store.runs.step(id, key);
  if (!step) throw notFound(`Step ${key} of run ${id}`);
  if (step.status !== 'reused') return { step, donor: { run: id, step: key }, attempt: attempt ?? Math.max(step.attempts, 1) };
  const { donor } = step;
  const source = await services.store.runs.step(RunIdSchema.parse(donor.run), donor.step);
  return { step, donor, attempt: attempt ?? Math.max(source?.attempts ?? 1, 1) };
}
