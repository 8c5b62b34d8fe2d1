import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import { describe, expect, it } from 'vitest';
import { isCheckpointDue, thinCheckpoints } from './thin-checkpoints.ts';

const now = new Date('2026-11-30T12:00:00.000Z');
const hourMs = 3_600_000;
const ago = (hours: number): string => new Date(now.getTime() - hours * hourMs).toISOString();
const kept = (id: string, hours: number, about: Partial<Checkpoint> = {}): Checkpoint => ({
  id,
  revision: 1,
  name: '',
  at: ago(hours),
  by: 'Ada',
  kind: 'automatic',
  run: null,
  ...about,
});

describe('a checkpoint in passing', () => {
  const last = { revision: 10, at: ago(1 / 12) };

  it('is due after fifty edits, or after ten minutes with one', () => {
    expect(isCheckpointDue({ last, revision: 59, now })).toBe(false);
    expect(isCheckpointDue({ last, revision: 60, now })).toBe(true);
    expect(isCheckpointDue({ last: { ...last, at: ago(1 / 6) }, revision: 11, now })).toBe(true);
  });

  it('is not due where nothing was edited since, however long ago', () => {
    expect(isCheckpointDue({ last: { revision: 10, at: ago(1000) }, revision: 10, now })).toBe(false);
  });
});

describe('checkpoints thin with age', () => {
  it('all of the last day stay, then the newest of each day, after a month the newest of each week', () => {
    const checkpoints = [
      kept('today 1', 1),
      kept('today 2', 2),
      kept('yesterday late', 26),
      kept('yesterday early', 34),
      kept('two days ago', 50),
      // 24 days back is 6 November, a Friday; beyond thirty days: 26 and 28 October are of one week.
      kept('Wednesday in October', 33 * 24),
      kept('Monday in October', 35 * 24),
      kept('Sunday in October', 36 * 24),
    ];
    expect(thinCheckpoints(checkpoints, now)).toEqual(['yesterday early', 'Monday in October']);
  });

  it('those with a name stay, and of a day one of a run stays before a newer one', () => {
    const checkpoints = [
      kept('named', 30, { name: 'Good', kind: 'named' }),
      kept('plain', 31),
      kept('run', 33, { kind: 'run' }),
      kept('run named', 34, { kind: 'run', name: 'Best' }),
    ];
    expect(thinCheckpoints(checkpoints, now)).toEqual(['plain']);
  });

  it('thinning twice takes nothing more', () => {
    const checkpoints = Array.from({ length: 400 }, (_, index) => kept(String(index), index * 5));
    const gone = new Set(thinCheckpoints(checkpoints, now));
    expect(
      thinCheckpoints(
        checkpoints.filter(({ id }) => !gone.has(id)),
        now,
      ),
    ).toEqual([]);
    expect(checkpoints.length - gone.size).toBeLessThan(50);
  });
});
