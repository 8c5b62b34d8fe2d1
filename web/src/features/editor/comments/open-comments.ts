import type { CommentThread } from '@pipewright/shared/http/comments.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** How many comments wait for an answer at which step: apart from the nodes, so that a comment wakes the step it is about. */
interface OpenComments {
  readonly countAt: ReadonlyMap<string, number>;
}
export type OpenCommentsStore = StoreApi<OpenComments>;

export const createOpenCommentsStore = (): OpenCommentsStore => createStore<OpenComments>()(() => ({ countAt: new Map() }));

export function countOpen(threads: readonly CommentThread[]): OpenComments['countAt'] {
  const countAt = new Map<string, number>();
  for (const { step, resolved } of threads) {
    if (step !== null && !resolved) countAt.set(step, (countAt.get(step) ?? 0) + 1);
  }
  return countAt;
}
