import type { ComponentLookup } from '@pipewright/shared/component/component-interface.ts';
import { applyDraftOps } from '@pipewright/shared/draft/apply-draft-ops.ts';
import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { fateOf, planReplacement, replaceOps, type PortFate, type PortMove, type Replacement } from '@pipewright/shared/draft/replace-component.ts';

export interface StepUpgrade {
  readonly step: string;
  readonly reference: string;
  /** Where its wires and values go; unless said, as they are planned. */
  readonly movesOf?: (replacement: Replacement) => PortMove[];
}

/** Several steps use other versions: each is worked out on what the one before has left. */
export function upgradeSteps(content: DraftContent, components: ComponentLookup, upgrades: readonly StepUpgrade[]): DraftOp[] {
  let current = content;
  return upgrades.flatMap(({ step, reference, movesOf = planReplacement }) => {
    const ports = Object.hasOwn(components, reference) ? components[reference] : undefined;
    if (!ports || !Object.hasOwn(current.document.jobs, step)) return [];
    const replacement = { document: current.document, components, key: step, next: { reference, ports } };
    const ops = replaceOps(replacement, movesOf(replacement));
    const applied = applyDraftOps(current, ops);
    if (!applied.ok) return [];
    current = applied.content;
    return ops;
  });
}

/** How many wires and values of a step come to each end. */
export function fatesOfUpgrade(
  { document }: DraftContent,
  components: ComponentLookup,
  { step, reference }: StepUpgrade,
): Readonly<Partial<Record<PortFate, number>>> {
  const ports = Object.hasOwn(components, reference) ? components[reference] : undefined;
  if (!ports) return {};
  const counts: Partial<Record<PortFate, number>> = {};
  const replacement = { document, components, key: step, next: { reference, ports } };
  for (const move of planReplacement(replacement)) {
    const fate = fateOf(replacement, move);
    counts[fate] = (counts[fate] ?? 0) + 1;
  }
  return counts;
}
