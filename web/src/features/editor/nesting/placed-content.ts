import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { positionsOf } from '../../../canvas/positions-of.ts';

/** With a place for every step, the one where it is drawn. */
export function placedContent(content: DraftContent): DraftContent {
  return { ...content, layout: { ...content.layout, steps: { ...positionsOf(content) } } };
}
