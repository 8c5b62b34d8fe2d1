import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { KeptStep } from '../model/kept-step.ts';
import type { ForeignOp, OverriddenOp } from '../model/overridden-ops.ts';
import type { LostOp } from './sync-state.ts';

/** What the indicator says. */
export type SaveStatus = 'saved' | 'saving' | 'offline' | 'needs-review' | 'read-only';

/** An edit that could not be made any more, with the step that it was about as it stood here. */
export interface LostEdit extends LostOp {
  readonly step: KeptStep | null;
}

/** What a person has to look at: edits that others' edits have overtaken, or that the server does not take. */
export interface Review {
  readonly lost: readonly LostEdit[];
  /** Edits of ours that stand, in places where others had put something else. */
  readonly overridden: readonly OverriddenOp[];
  /** The content as it stood in this window, to be kept as a copy. */
  readonly mine: DraftContent;
  /** Why the server takes nothing more; edits are kept on this device. */
  readonly refusal: string | null;
}

export interface SaveView {
  readonly status: SaveStatus;
  /** The revision that the server has. */
  readonly revision: number;
  /** What the server finds wrong with that revision; it sees the disk as well. */
  readonly problems: readonly Problem[];
  readonly review: Review | null;
  /** What is not on the server yet is on this device, as far as anybody can tell. */
  readonly isKept: boolean;
  /** What others did lately, the newest last. */
  readonly others: readonly (ForeignOp & { readonly at: number })[];
}

export type Flushed = { readonly ok: true; readonly revision: number } | { readonly ok: false; readonly message: string };
