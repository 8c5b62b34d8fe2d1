import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { LostEdit, Review } from '../saving/save-view.ts';
import { fieldOfOp, stepOfOp, valueOfOp } from './describe-op.ts';
import { bringBackStep } from './kept-step.ts';
import type { OverriddenOp } from './overridden-ops.ts';

/** What can be done about an edit that met another's. */
export interface Way {
  readonly label: string;
  /** Nothing for what only lets things be. */
  readonly ops: readonly DraftOp[];
  /** In the history. */
  readonly entry: string;
}

/** One place where two people were at work. */
export interface ConflictRow {
  readonly edits: readonly (LostEdit | OverriddenOp)[];
  readonly step: string | null;
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
  readonly by: string | null;
  /** Which of both stands in the draft now. */
  readonly stands: 'mine' | 'theirs';
  readonly ways: readonly Way[];
}

/** Every edit to be decided about, each with its ways out; all of a step that is gone are one, because it comes back as a whole. */
export function conflictRows({ lost, overridden }: Pick<Review, 'lost' | 'overridden'>, content: DraftContent): ConflictRow[] {
  const gone = new Map<string, LostEdit[]>();
  const rows: ConflictRow[] = [];
  for (const edit of lost) {
    const step = stepOfOp(edit.op);
    const isGone = step !== null && edit.step !== null && !Object.hasOwn(content.document.jobs, step);
    if (isGone) gone.set(step, [...(gone.get(step) ?? []), edit]);
    else rows.push(lostRow(edit));
  }
  return [...[...gone].map(([step, edits]) => goneRow(step, edits, content)), ...rows, ...overridden.map(overriddenRow)];
}

function goneRow(step: string, edits: readonly LostEdit[], content: DraftContent): ConflictRow {
  const kept = edits.findLast((edit) => edit.step !== null)?.step ?? null;
  const title = kept?.value.display_name ?? step;
  return {
    edits,
    step,
    field: [...new Set(edits.map(({ op }) => fieldOfOp(op)))].join(', '),
    mine: edits.map(({ op }) => valueOfOp(op)).join('\n'),
    theirs: 'removed the step',
    by: edits.at(-1)?.by ?? null,
    stands: 'theirs',
    ways: [{ label: 'Restore the step', ops: kept ? bringBackStep(content, kept) : [], entry: `Restore ${title}` }, letBe('Keep theirs')],
  };
}

function lostRow(edit: LostEdit): ConflictRow {
  const { op, message, by } = edit;
  const field = fieldOfOp(op);
  // The step is there again, and the edit may fit by now; an edit of a text found other words in its place.
  const ways = op.op === 'text.splice' ? [] : [{ label: 'Take mine', ops: [op], entry: `Set ${field} again` }];
  return { edits: [edit], step: stepOfOp(op), field, mine: valueOfOp(op), theirs: message, by, stands: 'theirs', ways: [...ways, letBe('Keep theirs')] };
}

function overriddenRow(edit: OverriddenOp): ConflictRow {
  const { op, theirs, by } = edit;
  const field = fieldOfOp(op);
  const take = { label: 'Take theirs', ops: [theirs], entry: `Take ${field} of ${by ?? 'the other'}` };
  return {
    edits: [edit],
    step: stepOfOp(op),
    field,
    mine: valueOfOp(op),
    theirs: valueOfOp(theirs),
    by,
    stands: 'mine',
    ways: [letBe('Keep mine'), take],
  };
}

const letBe = (label: string): Way => ({ label, ops: [], entry: '' });
