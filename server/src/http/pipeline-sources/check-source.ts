import { SubmitRun } from '@pipewright/shared/http/runs.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { FairTurns, othersFirst } from '../../fair-turns.ts';

/** With fewer steps the whole is checked in a few milliseconds. */
const manySteps = 500;

/** Checks what was sent as its schema does, and lets others go first between the steps of a large document. */
export async function checkSource(body: unknown): Promise<SubmitRun> {
  const jobs = jobsOf(body);
  if (!jobs || Object.keys(jobs).length < manySteps) return SubmitRun.parse(body);
  const turns = new FairTurns();
  const steps: [string, Step][] = [];
  for (const [key, job] of Object.entries(jobs)) {
    const step = Step.safeParse(job);
    // Checked as a whole, it is said where in the document the fault is.
    if (!step.success) return SubmitRun.parse(body);
    steps.push([key, step.data]);
    await turns.rest();
  }
  await othersFirst();
  const { document, ...rest } = SubmitRun.parse(withoutJobs(body));
  return document ? { ...rest, document: { ...document, jobs: Object.fromEntries(steps) } } : rest;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => value !== null && typeof value === 'object' && !Array.isArray(value);

function jobsOf(body: unknown): Readonly<Record<string, unknown>> | null {
  const document = isObject(body) ? body['document'] : undefined;
  return isObject(document) && isObject(document['jobs']) ? document['jobs'] : null;
}

function withoutJobs(body: unknown): unknown {
  return isObject(body) && isObject(body['document']) ? { ...body, document: { ...body['document'], jobs: {} } } : body;
}
