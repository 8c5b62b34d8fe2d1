import { type ContentDiff, diffContent } from '@pipewright/shared/draft/diff-content.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { textOps } from '@pipewright/shared/draft/splice-text.ts';

/** The operations that make a draft again what it was: its steps, where they stand, and the text it was written in. */
export function restoreOps(now: DraftContent, then: DraftContent): ContentDiff {
  const diff = diffContent(now, then);
  if (!diff.ok || now.text === then.text) return diff;
  return { ok: true, ops: [...diff.ops, ...(then.text === undefined ? [{ op: 'text.set' } as const] : textOps(now.text, then.text))] };
}
