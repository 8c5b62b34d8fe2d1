import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createQueryClient } from './query-client.ts';
import { experimentsQuery, partsPaceOf, trackedPaceOf, type TrackedRun, trackedRunsQuery } from './tracked-runs.ts';

const now = Date.parse('2026-11-20T10:00:00.000Z');
const aRun = (status: TrackedRun['status'], agoMs: number) => ({ status, changedAt: new Date(now - agoMs).toISOString() });

describe('the pace at which tracked runs are asked for', () => {
  it.each([
    ['none', [], false],
    ['those that are over', [aRun('completed', 0), aRun('failed', 0)], false],
    ['one that has just logged', [aRun('completed', 0), aRun('running', 59_000)], 3000],
    ['one that has not begun long ago', [aRun('queued', 3_600_000)], 30_000],
    ['one that is silent, and may be dead', [aRun('running', 61_000), aRun('completed', 0)], 30_000],
    ['a silent one beside one that logs', [aRun('running', 61_000), aRun('running', 0)], 3000],
  ])('of %s', (_which, runs, pace) => {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    try {
      expect(trackedPaceOf(runs)).toBe(pace);
    } finally {
      vi.useRealTimers();
    }
  });
});

/** As MLflow's API describes one. */
const described = (run_id: string, status: string) => ({
  info: { run_id, run_name: run_id, experiment_id: '1', user_id: 'ada', status, start_time: now, lifecycle_stage: 'active' },
  data: { metrics: [], params: [], tags: [] },
});

describe('a list of tracked runs that is shown', () => {
  beforeEach(() => void vi.useFakeTimers({ now }));
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** The paths that are asked for, each with the page. */
  function answering(answer: (path: string, page: string) => unknown): string[] {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (path: string, { body }: { readonly body: string }) => {
      const page = (JSON.parse(body) as { readonly page_token?: string }).page_token ?? '';
      asked.push(`${path.split('/').slice(-2).join('/')} ${page}`.trim());
      return Response.json(answer(path, page));
    });
    return asked;
  }

  function showRuns(filter: Parameters<typeof trackedRunsQuery>[0]) {
    const client = createQueryClient();
    const list = new InfiniteQueryObserver(client, trackedRunsQuery(filter));
    onTestFinished(list.subscribe(() => {}));
    onTestFinished(() => client.clear());
    return { list, names: () => list.getCurrentResult().data?.pages.flatMap(({ runs }) => runs.map(({ id }) => id)) };
  }

  it('shows a run that begins later, be it that none goes on or that there was none', async () => {
    const runs: unknown[] = [];
    answering(() => ({ runs }));
    const { names } = showRuns({ experiments: ['1'] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(names()).toEqual([]);
    runs.push(described('first', 'FINISHED'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(names()).toEqual(['first']);
    runs.unshift(described('second', 'RUNNING'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(names()).toEqual(['second', 'first']);
  });

  it('shows an experiment that is made later', async () => {
    const asked = answering(() => ({ experiments: [] }));
    const client = createQueryClient();
    onTestFinished(new QueryObserver(client, experimentsQuery()).subscribe(() => {}));
    onTestFinished(() => client.clear());
    await vi.advanceTimersByTimeAsync(61_000);
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'experiments/search'));
  });

  it('is asked for less often the more pages of it are shown', async () => {
    const asked = answering((_path, page) => ({ runs: [described(`of page ${page}`, 'RUNNING')], ...(page === '' ? { next_page_token: '50' } : {}) }));
    const { list } = showRuns({ experiments: ['1'] });
    await vi.advanceTimersByTimeAsync(0);
    await list.fetchNextPage();
    asked.length = 0;
    await vi.advanceTimersByTimeAsync(5900);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual(['runs/search', 'runs/search 50']);
  });
});

describe('the pace at which parts of a run are asked for', () => {
  const whole = (status: TrackedRun['status']) => ({ ...aRun(status, 0), id: 'r0' }) as TrackedRun;
  const pages = (...statuses: TrackedRun['status'][]) => ({ pages: statuses.map((status) => ({ runs: [whole(status)] })) });

  it.each([
    ['the run goes on, and has none yet', 'running', undefined, 3000],
    ['the run goes on, and two pages of them are shown', 'running', pages('completed', 'completed'), 6000],
    ['one goes on after the run', 'completed', pages('running'), 3000],
    ['all are over', 'completed', pages('completed', 'failed'), false],
  ] as const)('where %s', (_which, status, shown, pace) => {
    vi.useFakeTimers({ now, toFake: ['Date'] });
    try {
      expect(partsPaceOf(whole(status), shown)).toBe(pace);
    } finally {
      vi.useRealTimers();
    }
  });
});
