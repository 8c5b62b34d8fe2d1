import { changesBetween } from '../text/merge-texts.ts';
import type { TextOp } from './text-ops.ts';

/** So many characters on either side go along, by which the place is known after others' edits. */
const context = 12;

/** The operations that make a draft's text another one: of a long text only what changes is sent. */
export function textOps(before: string | undefined, after: string): TextOp[] {
  if (before === undefined) return [{ op: 'text.set', value: after }];
  const ops: TextOp[] = [];
  // From the end, so that what is done below moves nothing above.
  let [unchanged, below] = [before, ''];
  for (const { from, to, insert } of changesBetween(before, after).toReversed()) {
    below = unchanged.slice(to) + below;
    const start = Math.max(0, from - context);
    const [head, tail] = [before.slice(start, from), below.slice(0, context)];
    ops.push({ op: 'text.splice', at: start, removed: head + before.slice(from, to) + tail, inserted: head + insert + tail });
    unchanged = before.slice(0, from);
    below = insert + below;
  }
  return ops;
}
