import { diffContent, type ContentDiff } from '@pipewright/shared/draft/diff-content.ts';
import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';

/** The operations that make a draft what a run was pinned to, its inputs as well; the text it was written in is followed when it is next written. */
export function runStateOps(now: DraftContent, { document, layout }: Pick<Run['snapshot'], 'document' | 'layout'>): ContentDiff {
  return diffContent(now, { ...now, document, layout: { ...layout, notes: now.layout.notes, groups: now.layout.groups } });
}
