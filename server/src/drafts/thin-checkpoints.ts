import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const editsBetween = 50;
const minutesBetween = 10;
const dailyFor = 30;

interface Passing {
  /** The newest checkpoint, or the beginning of the draft. */
  readonly last: Pick<Checkpoint, 'revision' | 'at'>;
  /** As the draft stands. */
  readonly revision: number;
  readonly now: Date;
}

/** Whether a draft that is being edited is to be kept as it stands: it is another one, and much, or some time, has passed since the last. */
export function isCheckpointDue({ last, revision, now }: Passing): boolean {
  const edits = revision - last.revision;
  if (edits <= 0) return false;
  return edits >= editsBetween || now.getTime() - Date.parse(last.at) >= minutesBetween * minuteMs;
}

/**
 * Which checkpoints go, by their ids: all of the last day stay, then one of each day for a month, then one of each week. Of
 * a day or week the newest stays, one of a run before others. Those with a name stay, whatever their age.
 */
export function thinCheckpoints(checkpoints: readonly Checkpoint[], now: Date): string[] {
  const unnamed = checkpoints.filter(({ name }) => name === '').toSorted((a, b) => rank(b) - rank(a) || Date.parse(b.at) - Date.parse(a.at));
  const taken = new Set<string>();
  return unnamed.flatMap(({ id, at }) => {
    const slot = slotOf(Date.parse(at), now.getTime());
    if (slot === null) return [];
    if (taken.has(slot)) return [id];
    taken.add(slot);
    return [];
  });
}

const rank = ({ kind }: Checkpoint): number => (kind === 'run' ? 1 : 0);

/** The stretch of time of which one stays; null: all of them. Days and weeks of the calendar (UTC), so that what stays does not hang on when one looks. */
function slotOf(at: number, now: number): string | null {
  const days = (now - at) / dayMs;
  if (days < 1) return null;
  const day = Math.floor(at / dayMs);
  return days < dailyFor ? `day ${day}` : `week ${Math.floor((day + 3) / 7)}`;
}
