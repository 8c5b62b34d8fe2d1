import type { Problem } from '@pipewright/shared/graph/problem.ts';
import { RunId } from '@pipewright/shared/ids.ts';
import type { Donor, Reason } from '@pipewright/shared/run/reason.ts';
import type { ResolvedControl, ResolvedInput, ResolvedStep, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';
import { lineageOf } from '../engine/lineage.ts';
import type { DonorStep } from '../store/store.ts';
import { areThere, type Memory } from './look-up-earlier.ts';

export interface TakenOver extends DonorStep {
  readonly reasons: readonly Reason[];
}

/**
 * What needs no decision: the result that stands in for a step outside the part that is run, and what finished in a run
 * that this one goes on with, as long as it would do the same again (whether or not it is deterministic).
 */
export async function takeOver(
  memory: Memory,
  { snapshot, key, hash }: { snapshot: RunSnapshot; key: string; hash: string | null },
): Promise<TakenOver | null> {
  const { standIn = null, isPinned = false } = snapshot.steps[key]?.control ?? {};
  if (standIn !== null) {
    const found = await outputsOf(memory, standIn);
    const { run } = standIn;
    if (isPinned) return found && { ...found, reasons: [{ code: 'pinned', run, text: `pinned: its result of run ${run} is taken` }] };
    return found && { ...found, reasons: [{ code: 'outside', run, text: `not part of this run: its result of run ${run} stands in` }] };
  }
  // The last step is done again: it speaks of this run.
  if (snapshot.force || hash === null || key === snapshot.finalStep) return null;
  for (const run of snapshot.resumes ?? []) {
    const row = await memory.store.runs.step(run, key);
    if (row?.status !== 'completed' && row?.status !== 'reused') continue;
    if (row.fingerprint !== hash || !(await areThere(memory.artifacts, row.outputs))) continue;
    const donor = row.status === 'reused' ? row.donor : { run, step: key };
    return { donor, outputs: row.outputs, reasons: [{ code: 'resumed', run, text: `finished in run ${run}, which this one goes on with` }] };
  }
  return null;
}

export interface PartOfPipeline {
  readonly snapshot: RunSnapshot;
  readonly outside: ReadonlySet<string>;
  readonly pinned: ReadonlyMap<string, Donor>;
  readonly origin: RunOrigin;
}

/** Gives an earlier result to each step that is pinned to one, or outside the part; one that is not there is a problem. */
export async function pinStandIns(memory: Memory, part: PartOfPipeline): Promise<{ snapshot: RunSnapshot; problems: Problem[] }> {
  const steps = { ...part.snapshot.steps };
  const problems: Problem[] = [];
  for (const [key, pin] of part.pinned) {
    const step = steps[key];
    if (!step) continue;
    const donor = await donorOf(memory, pin);
    if (donor) steps[key] = pinnedStep(step, donor);
    else problems.push(pinGone(key, step, pin));
  }
  for (const key of part.outside) {
    const step = steps[key];
    if (!step || part.pinned.has(key)) continue;
    const donor = await standInOf(memory, { origin: part.origin, resumes: part.snapshot.resumes }, key);
    if (donor) steps[key] = { ...step, control: { ...(step.control ?? plainControl), standIn: donor } };
    else problems.push(noResult(key, step));
  }
  return { snapshot: { ...part.snapshot, steps }, problems };
}

/** It takes what is there, whatever becomes of the steps that it would read. */
function pinnedStep(step: ResolvedStep, donor: Donor): ResolvedStep {
  const inputs = Object.entries(step.inputs).map(([name, input]): [string, ResolvedInput] =>
    input.kind === 'output' || input.kind === 'template' ? [name, { kind: 'absent', type: input.type }] : [name, input],
  );
  return { ...step, inputs: Object.fromEntries(inputs), control: { ...plainControl, standIn: donor, isPinned: true } };
}

/** The step run that has the bytes: one that was reused itself names another. */
async function donorOf({ store, artifacts }: Memory, pin: Donor): Promise<Donor | null> {
  const row = await store.runs.step(RunId.parse(pin.run), pin.step);
  if (row?.status !== 'completed' && row?.status !== 'reused') return null;
  return (await areThere(artifacts, row.outputs)) ? (row.status === 'reused' ? row.donor : pin) : null;
}

function pinGone(key: string, { displayName }: ResolvedStep, { run }: Donor): Problem {
  const message = `${displayName} is pinned to its result of run ${run}, which is not there: it did not finish in that run, or was removed. Unpin it, or pin another run.`;
  return { severity: 'error', code: 'no-earlier-result', message, step: key };
}

interface Asking {
  readonly origin: RunOrigin;
  readonly resumes?: readonly RunId[] | undefined;
}

/** The earlier result of a step that can stand in for it; null where there is none. */
export async function standInOf(memory: Pick<Memory, 'store' | 'artifacts'>, { origin, resumes = [] }: Asking, key: string): Promise<Donor | null> {
  for (const run of resumes) {
    const row = await memory.store.runs.step(run, key);
    if ((row?.status !== 'completed' && row?.status !== 'reused') || !(await areThere(memory.artifacts, row.outputs))) continue;
    return row.status === 'reused' ? row.donor : { run, step: key };
  }
  const newest = await memory.store.reuse.newestCompleted({ lineage: lineageOf(origin), step: key });
  return newest && (await areThere(memory.artifacts, newest.outputs)) ? newest.donor : null;
}

function noResult(key: string, { displayName }: ResolvedStep): Problem {
  const message = `${displayName} is not among the steps to run, and there is no earlier result of it to stand in. Run it as well, or run up to it first.`;
  return { severity: 'error', code: 'no-earlier-result', message, step: key };
}

async function outputsOf({ store, artifacts }: Memory, donor: Donor): Promise<DonorStep | null> {
  const row = await store.runs.step(RunId.parse(donor.run), donor.step);
  if (row?.status !== 'completed' || !(await areThere(artifacts, row.outputs))) return null;
  return { donor, outputs: row.outputs };
}

const plainControl: ResolvedControl = { retry: null, timeoutMs: null, after: [], when: null, reuse: 'auto', resources: null, forEach: null, standIn: null };
