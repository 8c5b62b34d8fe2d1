import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Group, Layout } from '@pipewright/shared/pipeline/layout.ts';

/** Different in each window, so that two who make a group, or a note, at once do not make the same one. */
export function freeId(taken: Readonly<Record<string, unknown>>, start: string): string {
  for (;;) {
    const id = `${start}-${Math.random().toString(36).slice(2, 8)}`;
    if (!Object.hasOwn(taken, id)) return id;
  }
}

export function groupOfStep(groups: Layout['groups'], step: string): string | null {
  return Object.entries(groups).find(([, { steps }]) => steps.includes(step))?.[0] ?? null;
}

/** A frame around these steps, which leave the ones that they were in. */
export function groupSteps(content: DraftContent, steps: readonly string[], title: string): { readonly ops: DraftOp[]; readonly id: string } {
  const { groups } = content.layout;
  const id = freeId(groups, 'group');
  return { ops: [...withoutSteps(groups, new Set(steps), null), { op: 'group.set', group: id, value: { title, steps: [...steps] } }], id };
}

/** The frames go, what stands in them stays. */
export const ungroup = (ids: Iterable<string>): DraftOp[] => [...ids].map((group): DraftOp => ({ op: 'group.set', group }));

/** Puts steps into a group, or (null) out of the one that they are in. A group that nothing is left of goes. */
export function moveToGroup(content: DraftContent, steps: readonly string[], to: string | null): DraftOp[] {
  const { groups } = content.layout;
  const target = to === null ? undefined : groups[to];
  const left = withoutSteps(groups, new Set(steps), to);
  const added = steps.filter((step) => target && !target.steps.includes(step));
  if (to === null || !target || added.length === 0) return left;
  return [...left, { op: 'group.set', group: to, value: { ...target, steps: [...target.steps, ...added] } }];
}

function withoutSteps(groups: Layout['groups'], steps: ReadonlySet<string>, except: string | null): DraftOp[] {
  return Object.entries(groups).flatMap(([group, value]): DraftOp[] => {
    const rest = value.steps.filter((step) => !steps.has(step));
    if (group === except || rest.length === value.steps.length) return [];
    return [rest.length === 0 ? { op: 'group.set', group } : { op: 'group.set', group, value: { ...value, steps: rest } }];
  });
}

export function changeGroup({ layout }: DraftContent, group: string, change: Partial<Group>): DraftOp[] {
  const before = layout.groups[group];
  return before ? [{ op: 'group.set', group, value: { ...before, ...change } }] : [];
}
