import { RunId } from '@pipewright/shared/ids.ts';
import type { Donor } from '@pipewright/shared/run/reason.ts';
import { isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { notFound } from '../errors.ts';
import type { Services } from '../services.ts';

export interface FoundAttempt {
  readonly step: StepRun;
  /** Where the attempt ran: the step itself, or for a reused one the step whose result stands in. */
  readonly donor: Donor;
  readonly attempt: number;
  /** No further byte of its log will come. */
  readonly isEnded: boolean;
}

/** The attempt of a step that is asked for (the last one if none is named); a reused step shows its donor's, a sweep its best trial's. */
export async function attemptOf(
  services: Pick<Services, 'store'>,
  { id, key }: { id: RunId; key: string },
  attempt: number | undefined,
): Promise<FoundAttempt> {
  const step = await services.store.runs.step(id, key);
  if (!step) throw notFound(`Step ${key} of run ${id}`);
  // What a sweep has to show is its best trial's.
  const own = step.status === 'completed' && step.best ? ((await services.store.runs.step(id, step.best.step)) ?? step) : step;
  const donor = own.status === 'reused' ? own.donor : { run: id, step: own.key };
  const source = own.status === 'reused' ? await services.store.runs.step(RunId.parse(donor.run), donor.step) : own;
  const last = Math.max(source?.attempts ?? 1, 1);
  const wanted = attempt ?? last;
  if (wanted > last) throw notFound(`Attempt ${wanted} of step ${key} in run ${id}`);
  return { step, donor, attempt: wanted, isEnded: wanted < last || isStepEnded(step.status) };
}
