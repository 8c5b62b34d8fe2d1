import { RunId } from '@pipewright/shared/ids.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import { itemKey } from '@pipewright/shared/run/item-key.ts';
import type { PlannedStep } from '@pipewright/shared/run/plan.ts';
import type { Reason } from '@pipewright/shared/run/reason.ts';
import type { RunOrigin } from '@pipewright/shared/run/run.ts';
import { isLoop, sourcesOfInput, type LoopItem, type ResolvedStep, type RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { trialsOf } from '@pipewright/shared/sweep/sample-space.ts';
import { decideStep, isCertainToRun, whyItRuns, type Earlier, type StepDecision } from '../engine/decide-step.ts';
import { fingerprintOf, type Fingerprint, type KnownOutputs } from '../engine/fingerprint.ts';
import { stepOfItem } from '../engine/loop.ts';
import type { EarlierStep } from '../store/store.ts';
import { FairTurns } from '../fair-turns.ts';
import { decideSteps, policyOf, type DecidedStep, type ReadyStep } from './decide-steps.ts';
import { detailReasons } from './detail-reasons.ts';
import { lookUpEarlier, type Memory } from './look-up-earlier.ts';
import { rememberedLoop } from './remembered-loop.ts';

export interface RunPlan {
  readonly steps: PlannedStep[];
  /** Those whose decision is the run's own, with the fingerprint that it is about. */
  readonly decided: ReadonlyMap<string, { readonly hash: string; readonly outcome: DecidedStep }>;
}

/**
 * What a run of this snapshot would do. Goes down the graph as the run will, one layer at a time: where everything that a
 * step reads is known, its decision is the run's own; below a step that will run it hangs on bytes that do not exist yet.
 */
export async function planRun(memory: Memory, snapshot: RunSnapshot, origin: RunOrigin): Promise<RunPlan> {
  const known = new Map<string, Readonly<Record<string, Artifact>>>();
  const planned = new Map<string, PlannedStep>();
  const decided = new Map<string, { hash: string; outcome: DecidedStep }>();
  const turns = new FairTurns();
  for (const layer of layersOf(snapshot)) {
    const ready: ReadyStep[] = [];
    for (const key of layer) {
      await turns.rest();
      const step = snapshot.steps[key];
      if (!step) continue;
      const subject = { key, step, origin };
      const open = step.control?.standIn ? new Map<string, string>() : openSources(step, known);
      if (isLoop(step.control) && !step.control?.standIn) {
        const loop = await planOfLoop(memory, snapshot, { ...subject, open, known });
        planned.set(key, loop.planned);
        if (loop.outputs) known.set(key, loop.outputs);
      } else if (open.size > 0) planned.set(key, await planBelow(memory, snapshot, { ...subject, open, known }));
      else ready.push({ key, step, fingerprint: fingerprintOf(step, known) });
    }
    const outcomes = await decideSteps(memory, { snapshot, origin }, ready);
    for (const { key, step, fingerprint } of ready) {
      const outcome = outcomes.get(key);
      if (!outcome) throw new Error(`Internal error: expected a decision on step ${key}`);
      decided.set(key, { hash: fingerprint.hash, outcome });
      planned.set(key, planOf(key, step, outcome));
      if (outcome.decision === 'reuse') known.set(key, outcome.outputs);
    }
  }
  return { steps: Object.entries(snapshot.steps).flatMap(([key, step]) => withCondition(step, planned.get(key)) ?? []), decided };
}

function planOf(key: string, { displayName }: ResolvedStep, outcome: DecidedStep): PlannedStep {
  const isReuse = outcome.decision === 'reuse';
  const [donor, expectedMs] = isReuse ? [outcome.donor, null] : [null, outcome.expectedMs];
  return { key, displayName, decision: outcome.decision, reasons: [...outcome.reasons], donor, expectedMs };
}

/** Steps such that each reads only steps of layers before its own, in topological order within a layer. */
function layersOf({ steps }: RunSnapshot): string[][] {
  const layers: string[][] = [];
  const layerOf = new Map<string, number>();
  for (const [key, step] of Object.entries(steps)) {
    const sources = Object.values(step.inputs).flatMap(sourcesOfInput);
    const layer = Math.max(-1, ...sources.map((source) => layerOf.get(source.step) ?? -1)) + 1;
    layerOf.set(key, layer);
    (layers[layer] ??= []).push(key);
  }
  return layers;
}

/** A step with a condition may be skipped as well: that is known only on the way. */
function withCondition({ control }: ResolvedStep, planned: PlannedStep | undefined): PlannedStep | undefined {
  if (!planned || !control || control.when === null || control.standIn) return planned;
  return { ...planned, reasons: [...planned.reasons, { code: 'conditional', text: `only if ${control.when}` }] };
}

function toPlanned({ key, step }: Pick<StepBelow, 'key' | 'step'>, outcome: StepDecision): Omit<PlannedStep, 'expectedMs'> {
  const { decision, reasons } = outcome;
  return { key, displayName: step.displayName, decision, reasons, donor: decision === 'reuse' ? outcome.donor : null };
}

interface StepBelow {
  readonly key: string;
  readonly step: ResolvedStep;
  readonly origin: RunOrigin;
  /** Input → the step above whose output does not exist yet. */
  readonly open: ReadonlyMap<string, string>;
  readonly known: ReadonlyMap<string, Readonly<Record<string, Artifact>>>;
}

async function planBelow(memory: Memory, snapshot: RunSnapshot, subject: StepBelow): Promise<PlannedStep> {
  const { key, step, open } = subject;
  const fingerprint = fingerprintOf(step, subject.known);
  const earlier = await lookUpEarlier(memory, subject, { fingerprint: null });
  const base = { key, displayName: step.displayName, donor: null, expectedMs: earlier.nearest?.durationMs ?? null };
  const policy = policyOf(snapshot, step);
  // These hang on nothing that is still to come.
  if (isCertainToRun(policy) || (policy.policy === 'always' && earlier.newest)) {
    return { ...base, ...toPlanned(subject, decideStep({ fingerprint, ...policy, unknown: new Set(open.keys()) }, earlier)) };
  }
  const { nearest } = earlier;
  if (nearest === undefined) return { ...base, decision: 'run', reasons: whyItRuns(fingerprint, earlier, new Set()) };
  const differences = await differencesFrom(memory, { step, fingerprint, earlier: { ...earlier, nearest }, unknown: new Set(open.keys()) });
  return { ...base, decision: 'run-or-reuse', reasons: differences.length > 0 ? differences : waitsFor(snapshot, open) };
}

/** Each item is decided by itself. What all of them have of the loop is compared with the first item of an earlier run: nothing may have changed. */
async function planOfLoop(memory: Memory, snapshot: RunSnapshot, subject: StepBelow): Promise<PlannedLoop> {
  const { key, step, origin, open, known } = subject;
  const fingerprint = fingerprintOf(step, known);
  const earlier = await lookUpEarlier(memory, { key: itemKey(key, 0), step, origin }, { fingerprint: null });
  const base = { key, displayName: step.displayName, donor: null, expectedMs: null };
  const policy = policyOf(snapshot, step);
  if (isCertainToRun(policy)) return { planned: { ...base, ...decideStep({ fingerprint, ...policy }, earlier) } };
  const item = step.control?.sweep ? 'trial' : step.control?.repeat ? 'round' : 'item';
  const each: Reason = { code: 'per-item', text: `each ${item} is decided by itself` };
  const { nearest } = earlier;
  if (nearest === undefined) {
    const mayBeReused = open.size === 0 && (await areItemsRemembered(memory, step, known));
    if (mayBeReused) return { planned: { ...base, decision: 'run-or-reuse', reasons: [each] } };
    return { planned: { ...base, decision: 'run', reasons: whyItRuns(fingerprint, earlier, new Set()) } };
  }
  const items = open.size === 0 && !step.control?.repeat ? itemsBeforehand(step) : null;
  const remembered = items && (await rememberedLoop(memory, { step, items, known, nearest: nearest.donor }));
  if (remembered) {
    const { donor, outputs } = remembered;
    const text = `each of its ${items.length} ${item}s is as in run ${donor.run}`;
    return { planned: { ...base, decision: 'reuse', donor, reasons: [{ code: 'same', text, run: donor.run }] }, outputs };
  }
  const unknown = new Set([...open.keys(), ...(inputsOfItems(step) ?? (await inputsOfEarlierItem(memory, fingerprint, nearest)))]);
  const differences = policy.policy === 'always' ? [] : await differencesFrom(memory, { step, fingerprint, earlier: { ...earlier, nearest }, unknown });
  return { planned: { ...base, decision: 'run-or-reuse', reasons: differences.length > 0 ? differences : [each, ...waitsFor(snapshot, open)] } };
}

interface PlannedLoop {
  readonly planned: PlannedStep;
  /** What it gives, where that is known beforehand. */
  readonly outputs?: Readonly<Record<string, Artifact>>;
}

/** So many items tell whether another pipeline has run the like. */
const itemsLookedUp = 16;

/** Whether some of its items ran in another pipeline, or may have: which they are is not always known beforehand. */
async function areItemsRemembered({ store }: Memory, step: ResolvedStep, known: KnownOutputs): Promise<boolean> {
  const items = itemsBeforehand(step);
  if (items === null) return true;
  const hashes = items.slice(0, itemsLookedUp).map((item, index) => fingerprintOf(stepOfItem(step, item, index), known).hash);
  return (await store.reuse.donors(hashes)).size > 0;
}

function itemsBeforehand({ control }: ResolvedStep): readonly LoopItem[] | null {
  if (control?.repeat) return [{ inputs: {} }];
  if (control?.sweep) return control.sweep.algorithm === 'bayesian' ? null : trialsOf(control.sweep).map((values) => ({ values }));
  const { items, input } = control?.forEach ?? {};
  if (items?.kind === 'inputs') return items.items.map((inputs) => ({ inputs }));
  return items?.kind === 'list' && input !== null ? items.items.map((value) => ({ value })) : null;
}

/** The inputs that its items give to a loop, each another value; null: which they are is known only in the run. */
function inputsOfItems({ control }: ResolvedStep): string[] | null {
  if (control?.sweep) return Object.keys(control.sweep.space);
  if (!control?.forEach) return [];
  const { input, items } = control.forEach;
  if (input !== null) return [input];
  return items.kind === 'inputs' ? items.items.flatMap((inputs) => Object.keys(inputs)) : null;
}

/** What says nothing of a loop whose items are known only in the run: what the loop itself does not give, and what the earlier item had of its own. */
async function inputsOfEarlierItem({ store }: Memory, { parts }: Fingerprint, { donor, parts: earlier }: EarlierStep): Promise<string[]> {
  const isGiven = (name: string): boolean => (parts.inputs[name]?.kind ?? 'absent') !== 'absent';
  const names = Object.keys(earlier.inputs);
  const left = names.filter((name) => !isGiven(name));
  // The items of a large loop are looked up only where they decide something.
  const differs = names.some((name) => isGiven(name) && canonicalJson(parts.inputs[name]) !== canonicalJson(earlier.inputs[name]));
  const [, loop = '', number = ''] = /^(.*)\/(\d+)$/.exec(donor.step) ?? [];
  const item = differs ? (await store.runs.itemsOf(RunId.parse(donor.run), loop))[Number(number) - 1] : undefined;
  return [...left, ...(item && 'values' in item ? Object.keys(item.values) : item && 'inputs' in item ? Object.keys(item.inputs) : [])];
}

interface Compared {
  readonly step: ResolvedStep;
  readonly fingerprint: Fingerprint;
  readonly earlier: Earlier & { readonly nearest: EarlierStep };
  /** Inputs that say nothing yet. */
  readonly unknown: ReadonlySet<string>;
}

async function differencesFrom(memory: Memory, { step, fingerprint, earlier, unknown }: Compared): Promise<Reason[]> {
  const causes = whyItRuns(fingerprint, earlier, unknown).filter((reason) => reason.code !== 'never-completed');
  return await detailReasons(memory, causes, { code: step.code?.hash ?? null, fingerprint, nearest: earlier.nearest });
}

function waitsFor({ steps }: RunSnapshot, open: ReadonlyMap<string, string>): Reason[] {
  return [...new Set(open.values())].map((source) => {
    const name = steps[source]?.displayName ?? source;
    return { code: 'upstream-will-run', subject: source, text: `reuses if ${name} gives the same bytes` };
  });
}

function openSources(step: ResolvedStep, known: ReadonlyMap<string, unknown>): Map<string, string> {
  const open = new Map<string, string>();
  for (const [name, input] of Object.entries(step.inputs)) {
    for (const source of sourcesOfInput(input)) if (!known.has(source.step)) open.set(name, source.step);
  }
  return open;
}
