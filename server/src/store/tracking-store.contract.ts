import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import { initialSteps } from '../engine/run-state.ts';
import { snapshotOf } from '../testing/snapshot-builder.ts';
import type { Store, TrackedAttempt } from './store.ts';
import type { LoggedMetric } from './tracking-store.ts';

const at = '2026-01-01T00:00:00.000Z';

async function createRun(store: Store, experiment = 'e') {
  const snapshot = snapshotOf({ a: {} });
  const said = { name: 'n', pipelineName: 'p', experiment, origin: { kind: 'document' as const }, by: 'Ada', queuedAt: at };
  return await store.runs.create({ ...said, snapshot, inputs: {}, plan: { steps: [], problems: [] }, steps: initialSteps(snapshot) });
}

const metric = (name: string, value: number, more: Partial<LoggedMetric> = {}): LoggedMetric => ({ name, value, at: 1, step: 0, ...more });
const batch = (metrics: readonly LoggedMetric[]) => ({ metrics, params: {}, tags: {} });

/** What every backend must do; each test gets a store of its own. */
export function describeTrackingStore(name: string, open: () => Promise<Store>): void {
  describe(`what ${name} keeps of clients of MLflow`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store[Symbol.asyncDispose]();
    });
    describeExperiments(() => store);
    describeRuns(() => store);
    describeMetrics(() => store);
    describeLoggedModels(() => store);
  });
}

function describeExperiments(store: () => Store): void {
  it('has an experiment for whoever names none, and one for each that a run names', async () => {
    await createRun(store());
    await createRun(store());
    const found = await store().experiments.named('e');
    expect(found).toMatchObject({ name: 'e', createdAt: Date.parse(at), deletedAt: null, tags: {} });
    expect((await store().experiments.list()).map(({ id, name }) => [id, name])).toEqual([
      [found?.id, 'e'],
      ['0', 'default'],
    ]);
    expect(await store().experiments.get('99')).toBeUndefined();
    expect(await store().experiments.get('e')).toBeUndefined();
  });

  it('takes each name once, and another name along to the runs', async () => {
    const { experiments, runs } = store();
    const run = await createRun(store());
    const made = await experiments.create({ name: 'mine', createdAt: 5, tags: { team: 'a' } });
    expect(made).toMatchObject({ name: 'mine', tags: { team: 'a' } });
    expect(await experiments.create({ name: 'mine', createdAt: 6, tags: {} })).toBeUndefined();
    const id = (await experiments.named('e'))?.id ?? '';
    expect(await experiments.change(id, { name: 'mine' }, 7)).toBe(false);
    expect(await experiments.change(id, { name: 'prices', tags: { note: 'x' } }, 8)).toBe(true);
    expect(await experiments.get(id)).toMatchObject({ name: 'prices', updatedAt: 8, tags: { note: 'x' } });
    expect(await runs.summary(run.id)).toMatchObject({ experiment: 'prices' });
  });

  it('takes a deleted one back into use with the next run in it', async () => {
    const { experiments } = store();
    await createRun(store());
    const id = (await experiments.named('e'))?.id ?? '';
    await experiments.change(id, { deletedAt: 9 }, 9);
    expect(await experiments.get(id)).toMatchObject({ deletedAt: 9 });
    await createRun(store());
    expect(await experiments.get(id)).toMatchObject({ deletedAt: null });
  });
}

function describeRuns(store: () => Store): void {
  it('keeps the run of an attempt with the turn that changes it, in the experiment of its run', async () => {
    const run = await createRun(store());
    const turn = async (afterSeq: number, tracked: readonly TrackedAttempt[]): Promise<void> => {
      const event: RunEvent = { type: 'run:submitted', at };
      const changes = { run: { ...run, lastSeq: afterSeq + 1 }, steps: [] };
      await store().runs.append(run.id, { afterSeq, events: [{ ...event, seq: afterSeq + 1, changes }], effects: [], answered: [], fingerprints: {}, tracked });
    };
    const tracked = (status: TrackedAttempt['status'], time: number): TrackedAttempt => ({ id: 't1', step: 'a', attempt: 1, at: time, status });
    await turn(0, [tracked('SCHEDULED', 5)]);
    const experimentId = (await store().experiments.named('e'))?.id;
    expect(await store().tracking.get('t1')).toEqual({
      id: 't1',
      experimentId,
      of: { runId: run.id, step: 'a', attempt: 1 },
      parent: null,
      name: '',
      startedAt: 5,
      endedAt: null,
      status: 'SCHEDULED',
      deletedAt: null,
    });
    await turn(1, [tracked('RUNNING', 7), tracked('FINISHED', 9)]);
    expect(await store().tracking.get('t1')).toMatchObject({ status: 'FINISHED', startedAt: 7, endedAt: 9 });
  });

  it('keeps the runs that clients made apart from those of steps', async () => {
    const { id: runId } = await createRun(store());
    const { tracking } = store();
    const start = async (id: string, startedAt: number, more: { step?: string; parent?: string; name?: string; experimentId?: string }) => {
      const { step, experimentId = '1', ...rest } = more;
      await tracking.start({ id, experimentId, startedAt, of: step === undefined ? null : { runId, step, attempt: 1 }, ...rest });
    };
    await start('t1', 5, { step: 'a' });
    await start('t2', 6, { step: 'a', parent: 't1', name: 'fold 1' });
    await start('t3', 7, { experimentId: '0', name: 'notebook' });
    await tracking.log('t1', batch([metric('r2', 1)]));
    await tracking.log('t2', batch([metric('r2', 2)]));
    expect(await tracking.ofStep(runId, 'a')).toMatchObject({ metrics: [{ name: 'r2', last: 1 }] });
    expect(await tracking.ofRun('t2')).toMatchObject({ metrics: [{ name: 'r2', last: 2 }], params: {} });
    expect(await tracking.ofRun('t3')).toEqual({ metrics: [], params: {} });
    expect(await tracking.get('t3')).toMatchObject({ of: null, name: 'notebook', status: 'RUNNING' });
    await tracking.update('t2', { name: 'fold one', deletedAt: 8 });
    await tracking.update('t2', {});
    expect(await tracking.get('t2')).toMatchObject({ parent: 't1', name: 'fold one', deletedAt: 8 });
    expect((await tracking.list(['1'])).map(({ id }) => id)).toEqual(['t2', 't1']);
    expect((await tracking.list(['0', '1'])).map(({ id }) => id)).toEqual(['t3', 't2', 't1']);
    expect(await tracking.list([])).toEqual([]);
    expect(await tracking.list(['e'])).toEqual([]);
  });

  it('keeps params as they were given first, and the last of a tag', async () => {
    const { tracking } = store();
    await tracking.start({ id: 't1', experimentId: '0', of: null, startedAt: 1 });
    expect(await tracking.log('t1', { metrics: [], params: { depth: '3' }, tags: { note: 'x' } })).toEqual({ kind: 'logged' });
    expect(await tracking.log('t1', { metrics: [metric('r2', 1)], params: { depth: '4', rate: '1' }, tags: { note: 'z' } })).toEqual({
      kind: 'param-taken',
      name: 'depth',
      value: '3',
      given: '4',
    });
    await tracking.log('t1', { metrics: [], params: { depth: '3', rate: '1' }, tags: { note: 'y' } });
    await tracking.link('t1', [{ kind: 'dataset', name: 'iris@1', record: '{}' }]);
    expect((await tracking.facts(['t1', 't2'])).get('t1')).toEqual({
      metrics: [],
      params: { depth: '3', rate: '1' },
      tags: { note: 'y' },
      links: [{ kind: 'dataset', name: 'iris@1', record: '{}' }],
    });
    const only = { metrics: ['r2'], params: ['rate'], tags: ['depth'], links: false };
    expect((await tracking.facts(['t1'], only)).get('t1')).toEqual({ metrics: [], params: { rate: '1' }, tags: {}, links: [] });
    const tag = { metrics: [], params: [], tags: ['note'], links: true };
    expect((await tracking.facts(['t1'], tag)).get('t1')).toMatchObject({ params: {}, tags: { note: 'y' }, links: [{ name: 'iris@1' }] });
    expect(await tracking.removeTag('t1', 'note')).toBe(true);
    expect(await tracking.removeTag('t1', 'note')).toBe(false);
  });
}

function describeMetrics(store: () => Store): void {
  it('sums up what many steps have logged, each of its last attempt that logged anything', async () => {
    const { id: run } = await createRun(store());
    const { tracking } = store();
    const attempts = [
      ['a1', 'a', 1],
      ['a2', 'a', 2],
      ['a3', 'a', 3],
      ['b1', 'b', 1],
      ['b2', 'b', 2],
    ] as const;
    for (const [id, step, attempt] of attempts) await tracking.start({ id, experimentId: '1', of: { runId: run, step, attempt }, startedAt: 5 });
    await tracking.start({ id: 'own', experimentId: '1', of: { runId: run, step: 'a', attempt: 3 }, startedAt: 6, parent: 'a3' });
    await tracking.log('a1', batch([metric('early', 9)]));
    await tracking.log('a2', batch([metric('loss', 3, { step: 1 }), metric('loss', 2, { step: 2 }), metric('gain', Number.NaN), metric('loss', 4)]));
    await tracking.log('own', batch([metric('inner', 1)]));
    await tracking.log('b1', batch([metric('early', 9)]));
    await tracking.log('b2', { metrics: [], params: { rate: '1' }, tags: {} });
    const asked = [
      { run, step: 'none' },
      { run, step: 'a' },
      { run, step: 'b' },
      { run: '99', step: 'a' },
      { run, step: 'a' },
    ];
    const ofA = [
      { name: 'loss', last: 2, pointCount: 3 },
      { name: 'gain', last: null, pointCount: 1 },
    ];
    expect(await tracking.lastOfSteps(asked)).toEqual([[], ofA, [], [], ofA]);
    expect(await tracking.lastOfSteps([])).toEqual([]);
    for (const { step } of asked.slice(0, 3)) {
      const { metrics } = await tracking.ofStep(run, step);
      const [summed = []] = await tracking.lastOfSteps([{ run, step }]);
      expect(new Map(summed.map(({ name, last, pointCount }) => [name, [last, pointCount]]))).toEqual(
        new Map(metrics.map(({ name, last, points }) => [name, [last, points.length]])),
      );
    }
  });

  it('keeps metrics in order, values that are no numbers, and the last of each', async () => {
    const { id: runId } = await createRun(store());
    const { tracking } = store();
    await tracking.start({ id: 't1', experimentId: '1', of: { runId, step: 'a', attempt: 1 }, startedAt: 5 });
    await tracking.log('t1', batch([metric('loss', 1, { step: 2 }), metric('loss', Number.NaN, { step: 1 }), metric('gain', Number.NEGATIVE_INFINITY)]));
    await tracking.log('t1', batch([metric('loss', 3, { step: 0, at: 9 })]));
    await tracking.log('t1', batch([metric('gain', 4, { at: 0 })]));
    expect(await tracking.ofStep(runId, 'a')).toMatchObject({
      metrics: [
        { name: 'gain', last: null },
        { name: 'loss', last: 1, points: [{ value: 3 }, { value: null }, { value: 1 }] },
      ],
    });
    expect((await tracking.metricHistory('t1', 'loss')).map(({ value }) => value)).toEqual([3, Number.NaN, 1]);
    expect((await tracking.metricHistory('t1', 'loss', { offset: 1, limit: 1 })).map(({ value }) => value)).toEqual([Number.NaN]);
    const last = (await tracking.facts(['t1'])).get('t1')?.metrics ?? [];
    expect(last.map(({ name, value, step }) => [name, value, step])).toEqual([
      ['gain', Number.NEGATIVE_INFINITY, 0],
      ['loss', 1, 2],
    ]);
    const only = { metrics: ['loss'], params: [], tags: [], links: false };
    expect((await tracking.facts(['t1'], only)).get('t1')?.metrics.map((found) => found.name)).toEqual(['loss']);
  });

  it('finds what was measured of a logged model, by the data it was measured on', async () => {
    const { tracking } = store();
    await tracking.start({ id: 't1', experimentId: '0', of: null, startedAt: 5 });
    const about = { model: 'm-1', dataset: 'test@1' };
    await tracking.log('t1', batch([metric('r2', 1, about), metric('r2', 2, { ...about, step: 1 }), metric('r2', 3, { model: 'm-1' }), metric('r2', 4)]));
    expect(await tracking.metricsOfModel('m-1')).toMatchObject([
      { value: 2, dataset: 'test@1', run: 't1' },
      { value: 3, run: 't1' },
    ]);
  });
}

function describeLoggedModels(store: () => Store): void {
  it('keeps logged models until they are deleted', async () => {
    const { loggedModels } = store();
    const model = { id: 'm-1', experimentId: '0', run: 't1', name: 'ridge', modelType: '', status: 'LOGGED_MODEL_PENDING', createdAt: 1, updatedAt: 1 };
    await loggedModels.create({ ...model, tags: { a: '1' }, params: {} });
    await loggedModels.create({ ...model, id: 'm-2', experimentId: '3', run: null, tags: {}, params: {} });
    expect(await loggedModels.change('m-1', ({ tags }) => ({ tags: { ...tags, b: '2' } }), 5)).toMatchObject({ tags: { a: '1', b: '2' }, updatedAt: 5 });
    expect(await loggedModels.change('m-9', () => ({}), 5)).toBeUndefined();
    expect((await loggedModels.list(['3', '0'])).map(({ id }) => id)).toEqual(['m-2', 'm-1']);
    await loggedModels.create({ ...model, id: 'm-3', tags: {}, params: {} });
    expect((await loggedModels.ofRun('t1')).map(({ id }) => id)).toEqual(['m-3', 'm-1']);
    expect(await loggedModels.delete('m-1', 6)).toBe(true);
    expect((await loggedModels.ofRun('t1')).map(({ id }) => id)).toEqual(['m-3']);
    expect(await loggedModels.delete('m-1', 6)).toBe(false);
    expect(await loggedModels.get('m-1')).toBeUndefined();
    expect((await loggedModels.list(['0'])).map(({ id }) => id)).toEqual(['m-3']);
  });
}
