import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Problem } from '@pipewright/shared/graph/problem.ts';
import type { LostOp } from './sync-state.ts';

/** What the indicator says. */
export type SaveStatus = 'saved' | 'saving' | 'offline' | 'needs-review' | 'read-only';

/** What a person has to look at: edits that others' edits have overtaken, or that the server does not take. */
export interface Review {
  readonly lost: readonly LostOp[];
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
}

export type Flushed = { readonly ok: true; readonly revision: number } | { readonly ok: false; readonly message: string };
