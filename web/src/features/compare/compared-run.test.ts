import { describe, expect, it } from 'vitest';
import { alignCourses } from './align-courses.ts';
import { bestOf, goalOf } from './compared-run.ts';

describe('what the name of a metric says', () => {
  it.each([
    ['rmse', 'lower'],
    ['val_loss', 'lower'],
    ['training_log_loss', 'lower'],
    ['mean_absolute_error', 'lower'],
    ['r2', 'higher'],
    ['test_r2_score', 'higher'],
    ['roc_auc', 'higher'],
    ['f1', 'higher'],
    ['rows', null],
    ['learning_rate', null],
  ] as const)('%s is to be %s', (name, goal) => {
    expect(goalOf(name)).toBe(goal);
  });

  it('names the best, several that are alike, and none where all are or nobody can say', () => {
    expect([...bestOf({ name: 'rmse', values: [3, 1, 2] })]).toEqual([1]);
    expect([...bestOf({ name: 'r2', values: [0.9, undefined, 0.9, 0.1] })]).toEqual([0, 2]);
    expect(bestOf({ name: 'rmse', values: [2, 2] }).size).toBe(0);
    expect(bestOf({ name: 'rows', values: [1, 2] }).size).toBe(0);
    expect(bestOf({ name: 'rmse', values: [1, null] }).size).toBe(0);
  });
});

describe('courses', () => {
  const course = (points: readonly (readonly [step: number, value: number | null])[]) => ({
    name: 'loss',
    last: null,
    points: points.map(([step, value], index) => ({ step, value, at: 1000 + index * 500 })),
  });
  const long = course([
    [0, 4],
    [5, 3],
    [10, 2],
  ]);
  const short = course([
    [0, 9],
    [5, null],
  ]);

  it('are held against each other by step', () => {
    expect(alignCourses([long, short, undefined], 'step')).toEqual([
      [0, 5, 10],
      [4, 3, 2],
      [9, null, undefined],
      [undefined, undefined, undefined],
    ]);
  });

  it('by how far they had come, and by their time', () => {
    expect(alignCourses([long, short], 'progress')).toEqual([
      [0, 50, 100],
      [4, 3, 2],
      [9, undefined, null],
    ]);
    expect(alignCourses([short], 'time')).toEqual([
      [0, 0.5],
      [9, null],
    ]);
  });

  it('without step numbers, by their order', () => {
    const same = course([
      [0, 1],
      [0, 2],
    ]);
    expect(alignCourses([same], 'step')).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });
});
