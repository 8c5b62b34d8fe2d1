import { countOf } from '../../../ui/format/number.ts';

interface Counts {
  readonly steps?: number;
  readonly notes?: number;
  readonly groups?: number;
  readonly connections?: number;
}

/** `3 steps`, `2 steps and 1 note`: what there is none of is not named. */
export function countsOf({ steps = 0, notes = 0, groups = 0, connections = 0 }: Counts): string {
  const named = [countOf(steps, 'step'), countOf(groups, 'group'), countOf(notes, 'note'), countOf(connections, 'connection')];
  const parts = [steps, groups, notes, connections].flatMap((count, index) => (count > 0 ? [named[index] ?? ''] : []));
  return parts.length < 2 ? (parts[0] ?? 'nothing') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** What a command would be done to: `the step`, `3 steps`. */
export const stepsMeant = (count: number): string => (count === 0 ? 'the selected steps' : count === 1 ? 'the step' : countOf(count, 'step'));
