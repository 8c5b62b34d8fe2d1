import { applyOp } from './apply-op.ts';
import type { DraftContent, DraftOp } from './draft-op.ts';
import { MembersInWork, onlyMember } from './members-in-work.ts';
import type { Position } from '../pipeline/layout.ts';
import type { Step } from '../pipeline/step.ts';

type Applied = { readonly inverse: readonly DraftOp[] } | { readonly refused: string };
type OpOnStep = Extract<DraftOp, { op: (typeof onStep)[number] }>;

/** They change one step, or its place, and leave all others as they are. */
const onStep = ['step.add', 'step.remove', 'step.setInput', 'step.setOutput', 'step.setField', 'component.upgrade', 'layout.move'] as const;
const isOnStep = (op: DraftOp): op is OpOnStep => onStep.some((kind) => kind === op.op);

/**
 * A draft while many operations are applied to it, one after the other: the steps and their places are copied once for all
 * of them. An operation on a step is shown a draft that holds that step alone, so that what it means is said in one place.
 */
export class DraftInWork {
  #content: DraftContent;
  #steps: MembersInWork<Step> | null = null;
  #places: MembersInWork<Position> | null = null;
  readonly #undoing: DraftOp[] = [];

  constructor(content: DraftContent) {
    this.#content = content;
  }

  /** `isWanted` sees what would take it back; where it says no, nothing happens. */
  apply(op: DraftOp, isWanted: (inverse: readonly DraftOp[]) => boolean = () => true): Applied {
    const around = isOnStep(op) ? this.#around(op) : this.content;
    const applied = applyOp(around, op);
    if ('refused' in applied) return applied;
    if (!isWanted(applied.inverse)) return { inverse: [] };
    if (isOnStep(op)) this.#take(op, { before: around, after: applied.content });
    else this.#content = applied.content;
    this.#undoing.push(...applied.inverse.toReversed());
    return applied;
  }

  /** What undoes all that was done, in its order. */
  get inverse(): DraftOp[] {
    return this.#undoing.toReversed();
  }

  get content(): DraftContent {
    const [steps, places] = [this.#steps, this.#places];
    const { document, layout } = this.#content;
    const [jobs, stand] = [steps?.all() ?? document.jobs, places?.all() ?? layout.steps];
    if (jobs !== document.jobs) this.#content = { ...this.#content, document: { ...document, jobs } };
    if (stand !== layout.steps) this.#content = { ...this.#content, layout: { ...layout, steps: stand } };
    // What was handed out is nobody's to change any more.
    this.#steps = null;
    this.#places = null;
    return this.#content;
  }

  /** The draft with that step alone, and the one after it. */
  #around({ op, step }: OpOnStep): DraftContent {
    const { document, layout } = this.#content;
    const steps = (this.#steps ??= new MembersInWork(document.jobs));
    const next = op === 'step.remove' ? steps.after(step) : undefined;
    const jobs = { ...steps.only(step), ...(next === undefined ? {} : steps.only(next)) };
    const places = this.#places?.only(step) ?? onlyMember(layout.steps, step);
    return { ...this.#content, document: { ...document, jobs }, layout: { ...layout, steps: places } };
  }

  #take(op: OpOnStep, { before, after }: { readonly before: DraftContent; readonly after: DraftContent }): void {
    const { step } = op;
    this.#steps?.take(step, after.document.jobs, op.op === 'step.add' ? op.before : undefined);
    if (after.layout === before.layout) return;
    const { layout } = this.#content;
    if (after.layout.steps !== before.layout.steps) (this.#places ??= new MembersInWork(layout.steps)).take(step, after.layout.steps);
    if (after.layout.groups !== before.layout.groups) this.#content = { ...this.#content, layout: { ...layout, groups: after.layout.groups } };
  }
}
