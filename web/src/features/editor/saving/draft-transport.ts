import { ZodError } from 'zod';
import type { DraftConflict, DraftOpsRequest, DraftOpsAccepted, Draft } from '@pipewright/shared/http/drafts.ts';

export interface SentOps extends DraftOpsRequest {
  /** The revision that the operations were made on. */
  readonly revision: number;
}

/** How the server answered. Everything that may happen is a value. */
export type SendResult =
  | { readonly kind: 'accepted'; readonly accepted: DraftOpsAccepted }
  /** Somebody else was first. */
  | { readonly kind: 'conflict'; readonly conflict: DraftConflict }
  | { readonly kind: 'too-large' }
  /** The draft was archived: nobody may write any more. */
  | { readonly kind: 'archived'; readonly message: string }
  /** The server will never take this. */
  | { readonly kind: 'refused'; readonly message: string }
  /** No answer, or the server is not well: worth another try. */
  | { readonly kind: 'unreachable' };

/** The way to the server, so that tests can drop, delay and double what passes. */
export interface DraftTransport {
  readonly send: (ops: SentOps) => Promise<SendResult>;
  readonly fetchDraft: () => Promise<Draft>;
}

/** It came, and is not what this page knows: the server is a newer one. */
export const isUnreadable = (error: unknown): boolean => error instanceof ZodError;
