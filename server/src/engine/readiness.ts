import { describeCondition, evaluateCondition } from '@pipewright/shared/conditions/evaluate-condition.ts';
import { readsStatus } from '@pipewright/shared/conditions/condition-references.ts';
import type { Binding } from '@pipewright/shared/expressions/binding.ts';
import type { Scalar } from '@pipewright/shared/json.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { statusOfNested } from '@pipewright/shared/run/nested-status.ts';
import { isStepDone, isStepEnded } from '@pipewright/shared/run/status.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { processesOf, type EnginePlan, type StepLinks } from './run-state.ts';
import type { StepRows } from './step-rows.ts';

/** What can be said of a waiting step, given where the steps are that it waits for. */
export type Readiness =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready' }
  /** `by`: the nearest steps above that failed. */
  | { readonly kind: 'blocked'; readonly by: readonly string[] }
  | { readonly kind: 'skipped'; readonly why: string }
  /** Its condition cannot be answered. */
  | { readonly kind: 'failed'; readonly message: string };

type Rows = StepRows;

/**
 * Asks, in this order: can it still come to pass; has all ended that it waits for; is its condition true; is there what
 * it must read. A condition that speaks of statuses is asked whatever became of the steps above; any other only when
 * all went well. A skipped step does not hold up those that merely come after it, but what must read it is skipped too.
 */
export function readinessOf(plan: EnginePlan, rows: Rows, key: string): Readiness {
  const links = plan.links.get(key);
  if (!links) throw new Error(`Internal error: expected the links of step ${key}`);
  const isAsked = key === plan.snapshot.finalStep || (links.condition !== null && readsStatus(links.condition));
  const above = links.above.map((step) => rows.get(step));
  if (!isAsked) {
    const by = failedAbove(links, rows);
    if (by.length > 0) return { kind: 'blocked', by };
  }
  if (!above.every((row) => row === undefined || isStepEnded(row.status))) return { kind: 'waiting' };
  return conditionOf(plan, rows, links) ?? unreadable(links, rows) ?? { kind: 'ready' };
}

/** Steps whose failure means that this one can never run: those it must read, and those it comes after. */
function failedAbove(links: StepLinks, rows: Rows): string[] {
  const needed = [...links.data.filter(({ isOptional }) => !isOptional).map(({ step }) => step), ...links.after];
  return culprits(needed, rows);
}

function culprits(steps: readonly string[], rows: Rows): string[] {
  return [
    ...new Set(
      steps.flatMap((step) => {
        const row = rows.get(step);
        if (!row || !hasFailed(row)) return [];
        return row.status === 'blocked' ? row.by : [step];
      }),
    ),
  ];
}

function conditionOf(plan: EnginePlan, rows: Rows, { condition, above }: StepLinks): Readiness | null {
  if (condition === null) return null;
  const ended = above.flatMap((step) => rows.get(step) ?? []);
  const world = {
    valueOf: (binding: Binding) => valueOf(plan, rows, binding),
    hasFailed: ended.some(hasFailed),
    hasSucceeded: ended.every(({ status }) => isStepDone(status)),
  };
  const outcome = evaluateCondition(condition, world);
  if (!outcome.ok) return { kind: 'failed', message: `Its condition cannot be answered: ${outcome.message}` };
  return outcome.value ? null : { kind: 'skipped', why: describeCondition(condition, world) };
}

function valueOf({ snapshot }: EnginePlan, rows: Rows, binding: Binding): Scalar | null {
  switch (binding.source) {
    case 'pipeline-input': {
      const { value } = pipelineInputValue(snapshot.document.inputs[binding.name]);
      return value?.kind === 'literal' ? value.value : null;
    }
    case 'step-output': {
      const row = rows.get(binding.step);
      return row?.status === 'completed' || row?.status === 'reused' ? (row.outputs[binding.name]?.value ?? null) : null;
    }
    case 'step-input': {
      const input = snapshot.steps[binding.step]?.inputs[binding.name];
      return input?.kind === 'literal' ? input.value : null;
    }
    case 'step-status': {
      const row = rows.get(binding.step);
      if (row) return row.status;
      const inside = processesOf(snapshot, binding.step).flatMap((step) => rows.get(step)?.status ?? []);
      return inside.length > 0 ? statusOfNested(inside) : null;
    }
    case 'pipeline-output':
      return null;
  }
}

/** What it must read and is not there, now that all above has ended. */
function unreadable(links: StepLinks, rows: Rows): Readiness | null {
  const by = culprits(
    links.data.filter(({ isOptional }) => !isOptional).map(({ step }) => step),
    rows,
  );
  if (by.length > 0) return { kind: 'blocked', by };
  const skipped = links.data.filter(({ step }) => rows.get(step)?.status === 'skipped');
  const isNeeded = skipped.some(({ isOptional }) => !isOptional);
  const isAll = skipped.length > 0 && skipped.length === links.data.length;
  if (!isNeeded && !isAll) return null;
  return { kind: 'skipped', why: `${[...new Set(skipped.map(({ step }) => step))].join(', ')} was skipped` };
}

const hasFailed = ({ status }: StepRun): boolean => isStepEnded(status) && !isStepDone(status) && status !== 'skipped';
