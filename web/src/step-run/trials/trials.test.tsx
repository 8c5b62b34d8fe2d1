import type { Trials } from '@pipewright/shared/http/trials.ts';
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { axesOf } from './axes.ts';
import { bestFirst } from './best-first.ts';
import { ParallelCoordinates } from './parallel-coordinates.tsx';

const trial = (number: number, values: Trials['items'][number]['values'], result: number | null): Trials['items'][number] => ({
  key: `tune/${number}`,
  values,
  status: 'completed',
  result,
  durationMs: 1,
  why: null,
});
const trials: Trials = {
  metric: 'score',
  goal: 'maximize',
  parameters: ['rate', 'kind'],
  best: 'tune/2',
  items: [
    trial(1, { rate: 0.001, kind: 'a' }, 0.2),
    trial(2, { rate: 1, kind: 'b' }, 0.8),
    trial(3, { rate: 0.1, kind: 'a' }, null),
    trial(4, { rate: 0.01, kind: 'c' }, 0.5),
  ],
};

describe('trials', () => {
  it('stand in the order of what they reached, those without a result last', () => {
    expect(bestFirst(trials).map(({ key }) => key)).toEqual(['tune/2', 'tune/4', 'tune/1', 'tune/3']);
    expect(bestFirst({ ...trials, goal: 'minimize' })[0]?.key).toBe('tune/1');
  });

  it('lie on axes from the least to the most: numbers over many powers by their logarithm, words by their order', () => {
    const [rate, kind, score] = axesOf(trials);
    const places = (axis: typeof rate) => trials.items.map((each) => axis?.placeOf(each) ?? null);
    expect(places(rate)).toEqual([0, 1, expect.closeTo(2 / 3), expect.closeTo(1 / 3)]);
    expect(places(kind)).toEqual([0, 0.5, 0, 1]);
    expect(places(score)).toEqual([0, 1, null, expect.closeTo(0.5)]);
    expect(rate).toMatchObject({ bottom: '0.001', top: '1' });
  });

  it('are drawn as a line each where they have a result, which can be pointed at', () => {
    const onMark = vi.fn();
    render(<ParallelCoordinates trials={trials} marked={null} onMark={onMark} />);
    const plot = screen.getByRole('img', { name: '3 trials over rate, kind, score' });
    const lines = [...plot.querySelectorAll('polyline')];
    // One to be seen and one to be pointed at, for each.
    expect(lines).toHaveLength(6);
    const last = lines.at(-1);
    if (last) fireEvent.pointerEnter(last);
    expect(onMark).toHaveBeenLastCalledWith('tune/2');
    expect(plot.querySelectorAll('polyline[data-best]')).toHaveLength(1);
  });
});
