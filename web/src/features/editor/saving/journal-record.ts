import { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { StepInput } from '@pipewright/shared/pipeline/input-value.ts';
import { Position } from '@pipewright/shared/pipeline/layout.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { z } from 'zod';

const Ops = z.array(DraftOp);

/** `at` and `redo` of a record are left out by those who wrote it before they were told. */
const History = z.array(z.object({ label: z.string(), gesture: z.string().nullable(), at: z.number().nullable().default(null), ops: Ops, inverse: Ops }));

const Kept = z.object({
  key: z.string(),
  value: Step,
  position: Position.optional(),
  readers: z.array(z.object({ step: z.string(), input: z.string(), value: StepInput })),
});
const By = z.string().nullable();
const Unreviewed = z.object({
  lost: z.array(z.object({ op: DraftOp, message: z.string(), by: By, step: Kept.nullable() })),
  overridden: z.array(z.object({ op: DraftOp, theirs: DraftOp, by: By })),
  mine: DraftContent,
});

/** What a window must not lose: edits that the server has not confirmed, and what can be undone. */
export const JournalRecord = z.object({
  draftId: z.string(),
  /** The window that wrote it. */
  clientId: z.string(),
  /** What the operations stand on. */
  revision: z.int(),
  inFlight: z.object({ id: z.string(), ops: Ops }).nullable(),
  pending: Ops,
  /** Under which the pending operations will be sent: whether they were, the server can tell. */
  pendingId: z.string(),
  history: History,
  /** What was taken back and can be done again. */
  redo: History.default([]),
  /** What a person has not looked at yet: edits that others' have overtaken. */
  review: Unreviewed.nullable().default(null),
  /** What stood in the YAML view and was not read yet. */
  unreadText: z.object({ text: z.string(), base: z.string() }).nullable().default(null),
  writtenAt: z.number(),
});
export type JournalRecord = z.infer<typeof JournalRecord>;

/** What is left of a record whose window is gone, once all but its unread text is somebody else's. */
export const textAlone = (record: JournalRecord): JournalRecord => ({ ...record, inFlight: null, pending: [], history: [], redo: [], review: null });
