import { renamedKey } from '@pipewright/shared/comments/mentions.ts';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { Activity, EditedPlace } from '@pipewright/shared/http/activity.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';

type Edits = Extract<Activity, { kind: 'edits' }>;
type Rename = Pick<Extract<DraftOp, { op: 'step.rename' }>, 'step' | 'to'>;

/** Who pauses for longer begins something else. */
const pauseMs = 15 * 60_000;
const mostPlaces = 40;

interface Grouping {
  /** Renames made after all of these edits, newest first: what they changed is told by the keys that steps have now. */
  readonly renames: readonly Rename[];
  /** When something else happened; edits before and after it are not told as one. */
  readonly breaks: readonly string[];
}

/** Edits, newest first, as what people did in one go. */
export function groupEdits(edits: readonly DraftEdit[], { renames, breaks }: Grouping): Edits[] {
  const later: Rename[] = renames.toReversed();
  const groups: DraftEdit[][] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && isOneGo(last, edit, breaks)) group.push(edit);
    else groups.push([edit]);
  }
  return groups.map((group) => {
    const places = new Map<string, EditedPlace>();
    for (const { ops } of group) {
      for (const op of ops.toReversed()) {
        const place = placeOf(op, later);
        const key = JSON.stringify(place);
        if (!places.has(key)) places.set(key, place);
        // Oldest first, so that a key goes through them in the order in which they were made.
        if (op.op === 'step.rename') later.unshift(op);
      }
    }
    // The text goes along with what is changed in it.
    const told = [...places.values()].filter(({ op }, _index, all) => !op.startsWith('text.') || all.every((place) => place.op.startsWith('text.')));
    const [newest, oldest] = [group[0], group.at(-1)];
    if (!newest || !oldest) throw new Error('Internal error: expected an edit in a group');
    return {
      kind: 'edits',
      at: newest.at,
      by: newest.by,
      since: oldest.at,
      count: group.length,
      revision: newest.revision,
      places: told.slice(0, mostPlaces),
      morePlaces: Math.max(told.length - mostPlaces, 0),
    };
  });
}

function isOneGo(later: DraftEdit, earlier: DraftEdit, breaks: readonly string[]): boolean {
  if (later.by !== earlier.by || Date.parse(later.at) - Date.parse(earlier.at) > pauseMs) return false;
  return !breaks.some((at) => earlier.at < at && at <= later.at);
}

function placeOf(op: DraftOp, later: readonly Rename[]): EditedPlace {
  const name = 'input' in op ? op.input : 'output' in op ? op.output : 'field' in op ? op.field : 'name' in op ? op.name : null;
  if (!('step' in op)) return { op: op.op, step: null, name };
  let step = op.op === 'step.rename' ? op.to : op.step;
  for (const rename of later) step = renamedKey(step, rename.step, rename.to);
  return { op: op.op, step, name };
}
