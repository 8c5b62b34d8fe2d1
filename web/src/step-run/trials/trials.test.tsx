import type { Trials } from '@pipewright/shared/http/trials.ts';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { axesOf } from './axes.ts';
import { MemoryRouter } from 'react-router';
import { bestFirst } from './best-first.ts';
import { alignCurves, curvesOf } from './curves-of.ts';
import { ParallelCoordinates } from './parallel-coordinates.tsx';
import { TrialCurves } from './trial-curves.tsx';

/** What is drawn is looked at in a browser; here, what is asked for. */
const asked = vi.hoisted(() => ({ marked: [] as unknown[] }));
vi.mock('../metrics/curve-chart.tsx', () => ({
  CurveChart: ({ label, marked }: { readonly label: string; readonly marked: string | null }) => (
    asked.marked.push(marked),
    (<div role="img" aria-label={label} />)
  ),
}));

const trial = (number: number, values: Trials['items'][number]['values'], result: number | null): Trials['items'][number] => ({
  key: `tune/${number}`,
  values,
  status: 'completed',
  result,
  points: [],
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

describe('curves of trials', () => {
  const course = (...values: (number | null)[]) => values.map((value, index) => ({ step: index * 10, value }));
  const going: Trials = {
    ...trials,
    best: null,
    items: [
      { ...trial(1, {}, 0.3), points: course(0.1, 0.3) },
      { ...trial(2, {}, 0.9), points: course(0.5, 0.9, 0.8) },
      { ...trial(3, {}, null), points: course(null, null) },
      { ...trial(4, {}, 0.7), points: [{ step: 0, value: 0.7 }] },
    ],
  };

  it('lie over common steps, and stop where a trial has stopped', () => {
    const curves = curvesOf(going);
    expect(curves.map(({ key, isBest }) => [key, isBest])).toEqual([
      ['tune/3', false],
      ['tune/1', false],
      ['tune/2', true],
    ]);
    expect(alignCurves(curves)).toEqual([
      [0, 10, 20],
      [null, null, undefined],
      [0.1, 0.3, undefined],
      [0.5, 0.9, 0.8],
    ]);
  });

  it('go by the order of their points where all were logged at one step', () => {
    const still = { ...going, items: [{ ...trial(1, {}, 2), points: [1, 2, 2].map((value) => ({ step: 0, value })) }] };
    expect(alignCurves(curvesOf(still))).toEqual([
      [0, 1, 2],
      [1, 2, 2],
    ]);
  });

  it('keep their looks while more come in, and only as many have one as can be told apart', () => {
    const many = (count: number): Trials => ({
      ...going,
      items: Array.from({ length: count }, (_, index) => ({ ...trial(index + 1, {}, count - index), points: course(0, count - index) })),
    });
    const looks = (count: number) => new Map(curvesOf(many(count)).map(({ key, look }) => [key, look]));
    expect(looks(3).get('tune/2')).toEqual(looks(6).get('tune/2'));
    const named = curvesOf(many(40)).filter(({ isNamed }) => isNamed);
    expect(named).toHaveLength(10);
    expect(new Set(named.map(({ look }) => `${look.token} ${look.dash.join(' ')}`)).size).toBe(10);
  });

  it('keep their looks when a better one takes the place of another among the best', () => {
    const results = [0.1, 0.5, 0.6, 0.7, 0.8, 0.55, 0.65, 0.75, 0.85, 0.95, 0.99, 0.9];
    const first = (count: number): Trials => ({
      ...going,
      items: results.slice(0, count).map((result, index) => ({ ...trial(index + 1, {}, result), points: course(0, result) })),
    });
    const looks = (count: number) => new Map(curvesOf(first(count)).flatMap(({ key, look, isNamed, isBest }) => (isNamed && !isBest ? [[key, look]] : [])));
    const [ten, eleven] = [looks(10), looks(11)];
    expect([ten.has('tune/1'), eleven.has('tune/1')]).toEqual([true, false]);
    const both = [...eleven.keys()].filter((key) => ten.has(key));
    expect(both).toHaveLength(8);
    for (const key of both) expect(eleven.get(key)).toEqual(ten.get(key));
    const twelve = looks(12);
    expect(new Set([...twelve.values()].map(({ token, dash }) => `${token} ${dash.join(' ')}`)).size).toBe(twelve.size);
    for (const key of eleven.keys()) if (twelve.has(key)) expect(twelve.get(key)).toEqual(eleven.get(key));
  });

  it('are named in a legend, the best first, which marks the one that it is at', async () => {
    const onMark = vi.fn();
    render(
      <MemoryRouter>
        <TrialCurves run="7" trials={going} marked="tune/1" onMark={onMark} />
      </MemoryRouter>,
    );
    expect(await screen.findByRole('img', { name: 'score over its steps, 3 trials' })).toBeTruthy();
    expect(asked.marked).toContain('tune/1');
    const links = within(screen.getByRole('list', { name: 'Curves of score' })).getAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual(['Trial 20.9best', 'Trial 10.3', 'Trial 3']);
    fireEvent.focus(links[1] ?? document.body);
    expect(onMark).toHaveBeenLastCalledWith('tune/1');
    expect(links[0]?.getAttribute('href')).toBe('/runs/7/steps/tune%2F2/metrics');
  });

  it('are not there where the metric is logged once', () => {
    const once = { ...going, items: [{ ...trial(1, {}, 1), points: course(1) }] };
    const { container } = render(<TrialCurves run="7" trials={once} marked={null} onMark={vi.fn()} />);
    expect(container.innerHTML).toBe('');
  });
});
