import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import type { Checkpoint } from '@pipewright/shared/http/drafts.ts';
import { ContentHash, DraftId, type RunId } from '@pipewright/shared/ids.ts';
import type { RunEvent } from '@pipewright/shared/run/run-event.ts';
import type { StepRun, StepRunOf } from '@pipewright/shared/run/step-run.ts';
import type { RunOrigin, RunSummary } from '@pipewright/shared/run/run.ts';
import { countStatuses } from '@pipewright/shared/run/step-run.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { fingerprintOf } from '../engine/fingerprint.ts';
import { initialSteps } from '../engine/run-state.ts';
import { snapshotOf } from '../testing/snapshot-builder.ts';
import type { NewRun, RunTurn, Store } from './store.ts';

/** What every backend must do; each test gets a store of its own. */
export function describeStore(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store[Symbol.asyncDispose]();
    });
    describeRuns(() => store);
    describeOutputs(() => store);
    describeReuse(() => store);
    describeDrafts(() => store);
    describeNamedThings(() => store);
  });
}

const at = '2026-01-01T00:00:00.000Z';
const snapshot = snapshotOf({ a: { params: { rate: 1 } }, b: { after: ['a'] } });
const draftOrigin = { kind: 'draft', draft: 'd1', revision: 3 } satisfies RunOrigin;

async function createRun(store: Store, more: Partial<Pick<NewRun, 'origin' | 'snapshot' | 'text'>> = {}): Promise<RunSummary> {
  const steps = initialSteps(snapshot);
  return await store.runs.create({
    name: 'Try 100%',
    pipelineName: 'Prices',
    experiment: 'e',
    origin: draftOrigin,
    by: 'Ada',
    queuedAt: at,
    snapshot,
    inputs: { seed: 1 },
    plan: { steps: [], problems: [] },
    steps,
    ...more,
  });
}

function turnOf(run: RunSummary, afterSeq: number, step: StepRun, more: Partial<RunTurn> = {}): RunTurn {
  const event: RunEvent = { type: 'run:submitted', at };
  const seq = afterSeq + 1;
  const changed: RunSummary = { ...run, status: 'running', counts: countStatuses([step]), lastSeq: seq };
  return { afterSeq, events: [{ ...event, seq, changes: { run: changed, steps: [step] } }], effects: [], answered: [], fingerprints: {}, tracked: [], ...more };
}

const completed: StepRunOf<'completed'> = {
  key: 'a',
  status: 'completed',
  attempts: 1,
  notes: [],
  decision: 'run',
  reasons: [],
  fingerprint: 'f',
  startedAt: at,
  endedAt: '2026-01-01T00:00:02.000Z',
  outputs: {},
  isReusable: true,
};

function describeRuns(store: () => Store): void {
  it('numbers runs and gives back what was stored', async () => {
    const first = await createRun(store());
    const second = await createRun(store());
    expect(Number(second.id)).toBe(Number(first.id) + 1);
    expect(await store().runs.get(first.id)).toEqual({ summary: first, snapshot, inputs: { seed: 1 }, steps: initialSteps(snapshot) });
    expect(first).toMatchObject({ status: 'queued', lastSeq: 0, counts: { waiting: 2 } });
  });

  it('stores a turn whole: event, rows, summary, effects', async () => {
    const run = await createRun(store());
    const effect = { type: 'startAttempt' as const, step: 'a', attempt: 1 };
    await store().runs.append(run.id, turnOf(run, 0, completed, { effects: [effect] }));
    expect(await store().runs.summary(run.id)).toMatchObject({ status: 'running', lastSeq: 1 });
    expect(await store().runs.step(run.id, 'a')).toEqual(completed);
    expect(await store().runs.pendingEffects(run.id)).toEqual([effect]);
    expect((await store().runs.eventsAfter(run.id, 0)).map(({ seq }) => seq)).toEqual([1]);
    await store().runs.append(run.id, turnOf(run, 1, completed, { answered: ['startAttempt:a@1'] }));
    expect(await store().runs.pendingEffects(run.id)).toEqual([]);
  });

  it('refuses a turn that was computed from another state, and keeps nothing of it', async () => {
    const run = await createRun(store());
    await expect(store().runs.append(run.id, turnOf(run, 5, completed))).rejects.toThrow('Internal error');
    expect(await store().runs.eventsAfter(run.id, 0)).toEqual([]);
    expect(await store().runs.step(run.id, 'a')).toMatchObject({ status: 'waiting' });
  });

  it('lists newest first, by page, status, draft and text', async () => {
    const ids: RunId[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift((await createRun(store())).id);
    await createRun(store(), { origin: { kind: 'document' } });
    const first = await store().runs.list({ limit: 2, draft: 'd1' });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = await store().runs.list({ limit: 3, draft: 'd1', cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ nextCursor: null });
    expect(second.items.map(({ id }) => id)).toEqual(ids.slice(2));
    expect((await store().runs.list({ limit: 9, search: '100%' })).items).toHaveLength(6);
    expect((await store().runs.list({ limit: 9, search: '1x0' })).items).toEqual([]);
    expect((await store().runs.list({ limit: 9, status: 'completed' })).items).toEqual([]);
    expect((await store().runs.lastOfDrafts(['d1', 'other'])).get('d1')?.id).toBe(ids[0]);
  });

  it('knows which runs have not ended', async () => {
    const run = await createRun(store());
    expect(await store().runs.unfinished()).toEqual([run.id]);
    const turn = turnOf(run, 0, completed);
    const [event] = turn.events;
    if (!event) throw new Error('expected an event');
    const ended = { ...event, changes: { ...event.changes, run: { ...event.changes.run, status: 'completed' as const, endedAt: at } } };
    await store().runs.append(run.id, { ...turn, events: [ended] });
    expect(await store().runs.unfinished()).toEqual([]);
    await createRun(store());
    expect(await store().runs.countByStatus()).toEqual({ completed: 1, queued: 1 });
  });
}

function describeOutputs(store: () => Store): void {
  it('lists what completed steps put out, by type, newest first, by page', async () => {
    const artifact = { hash: ContentHash.parse('0'.repeat(64)), type: 'mltable' as const, isFolder: true, sizeBytes: 5, fileCount: 1 };
    const complete = async (): Promise<RunId> => {
      const run = await createRun(store());
      await store().runs.append(run.id, turnOf(run, 0, { ...completed, outputs: { data: artifact, other: { ...artifact, type: 'uri_file' } } }));
      return run.id;
    };
    const older = await complete();
    const newer = await complete();
    const found = { pipelineName: 'Prices', step: 'a', port: 'data', artifact, createdAt: completed.endedAt };
    const first = await store().outputs.ofTypes(['mltable'], { limit: 1 });
    expect(first.items).toEqual([{ ...found, run: newer }]);
    const second = await store().outputs.ofTypes(['mltable'], { limit: 1, cursor: first.nextCursor ?? '' });
    expect(second).toEqual({ items: [{ ...found, run: older }], nextCursor: null });
    expect((await store().outputs.ofTypes(['mlflow_model'], { limit: 9 })).items).toEqual([]);
  });
}

function describeReuse(store: () => Store): void {
  const step = snapshot.steps['a'];
  if (!step) throw new Error('expected step a');
  const fingerprint = fingerprintOf(step, new Map());
  const complete = async (row: StepRun, origin: RunOrigin = draftOrigin, component: string | null = null): Promise<RunId> => {
    const run = await createRun(store(), { origin });
    await store().runs.append(run.id, turnOf(run, 0, row, { fingerprints: { a: { fingerprint, component } } }));
    return run.id;
  };

  it('finds completed, reusable steps of a fingerprint, newest first', async () => {
    const row = { ...completed, fingerprint: fingerprint.hash };
    const older = await complete(row);
    const newer = await complete(row);
    await complete({ ...row, isReusable: false });
    const donors = (await store().reuse.donors([fingerprint.hash, 'other'])).get(fingerprint.hash) ?? [];
    expect(donors.map(({ donor }) => donor)).toEqual([
      { run: newer, step: 'a' },
      { run: older, step: 'a' },
    ]);
    expect(await store().reuse.donors(['other'])).toEqual(new Map());
  });

  it('finds the nearest earlier run of a step: of the same pipeline, else of the same component', async () => {
    const own = await complete(completed, draftOrigin, 'azureml:x:1');
    const other = await complete(completed, { kind: 'document' }, 'azureml:x:1');
    const nearest = async (lineage: string, exceptRun?: RunId) =>
      (await store().reuse.nearest({ lineage, step: 'a', component: 'azureml:x:1', ...(exceptRun ? { exceptRun } : {}) }))?.donor.run;
    expect(await nearest('draft:d1')).toBe(own);
    expect(await nearest('draft:d9')).toBe(other);
    expect(await nearest('draft:d9', other)).toBe(own);
    expect(await store().reuse.nearest({ lineage: 'draft:d1', step: 'a', component: null })).toMatchObject({
      hash: fingerprint.hash,
      parts: fingerprint.parts,
      status: 'completed',
      durationMs: 2000,
    });
  });
}

function describeDrafts(store: () => Store): void {
  const id = DraftId.parse('d1');
  const content = { document: emptyPipeline('New'), layout: emptyLayout };
  const create = async () => await store().drafts.create({ ...content, id, createdAt: at, by: 'Ada', folder: '/f', from: null });
  const edit = (revision: number, mutationId = `m${revision}`) => ({
    revision,
    mutationId,
    clientId: 'c',
    by: 'Ada',
    at: `2026-01-02T00:00:0${revision}.000Z`,
    ops: [],
  });

  it('takes an edit only from where the draft stands, and a repeated one once', async () => {
    await create();
    const changed = { ...content, document: emptyPipeline('Changed') };
    expect(await store().drafts.save(id, edit(2), changed)).toEqual({ kind: 'saved' });
    expect(await store().drafts.save(id, edit(2), changed)).toEqual({ kind: 'repeated', revision: 2 });
    expect(await store().drafts.save(id, edit(2, 'other'), content)).toEqual({ kind: 'conflict', currentRevision: 2 });
    expect(await store().drafts.get(id)).toMatchObject({ revision: 2, document: { display_name: 'Changed' }, folder: '/f' });
    expect((await store().drafts.editsAfter(id, 1))?.map(({ revision }) => revision)).toEqual([2]);
    expect(await store().drafts.editsAfter(id, 0)).toBeUndefined();
  });

  it('makes one draft from something, however many ask at once, and another when it is archived', async () => {
    const make = async (name: string) =>
      await store().drafts.createOnceFrom({ ...content, id: DraftId.parse(name), createdAt: at, by: 'Ada', folder: null, from: 'component:sub:1' });
    expect(await Promise.all(['a', 'b', 'c'].map(make))).toEqual(['a', 'a', 'a']);
    await store().drafts.archive(DraftId.parse('a'), at);
    expect(await make('d')).toBe('d');
  });

  it('keeps archived drafts out of sight and brings them back', async () => {
    await create();
    expect(await store().drafts.archive(id, at)).toBe(true);
    expect(await store().drafts.get(id)).toBeUndefined();
    expect(await store().drafts.isArchived(id)).toBe(true);
    expect((await store().drafts.list({ limit: 5 })).items).toEqual([]);
    expect(await store().drafts.save(id, edit(2), content)).toEqual({ kind: 'archived' });
    await store().drafts.restore(id);
    expect(await store().drafts.isArchived(id)).toBe(false);
    expect(await store().drafts.get(id)).toBeDefined();
    expect(await store().drafts.save(DraftId.parse('nobody'), edit(2), content)).toEqual({ kind: 'unknown' });
  });

  it('lists the latest edit first, by page', async () => {
    for (const name of ['a', 'b', 'c'])
      await store().drafts.create({ ...content, id: DraftId.parse(name), createdAt: at, by: 'Ada', folder: null, from: null });
    await store().drafts.save(DraftId.parse('b'), edit(2), content);
    const first = await store().drafts.list({ limit: 2 });
    expect(first.items.map((draft) => draft.id)).toEqual(['b', 'a']);
    const second = await store().drafts.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map((draft) => draft.id)).toEqual(['c']);
  });

  it('keeps the text that a draft was written in until an edit gives it another', async () => {
    await store().drafts.create({ ...content, text: '# one\n', id, createdAt: at, by: 'Ada', folder: null, from: null });
    await store().drafts.addCheckpoint(id, kept('k1', at), { ...content, text: '# one\n' });
    const splice = { op: 'text.splice', at: 2, removed: 'one', inserted: 'two' } as const;
    await store().drafts.save(id, { ...edit(2), ops: [splice] }, { ...content, text: '# two\n' });
    expect(await store().drafts.get(id)).toMatchObject({ revision: 2, text: '# two\n' });
    expect(await store().drafts.editsAfter(id, 1)).toMatchObject([{ ops: [splice] }]);
    expect(await store().drafts.checkpointContent(id, 'k1')).toEqual({ ...content, text: '# one\n' });
    await store().drafts.save(id, { ...edit(3), ops: [{ op: 'text.set' }] }, content);
    expect((await store().drafts.get(id))?.text).toBeUndefined();
  });

  it('keeps checkpoints of the content as it stood', async () => {
    await create();
    await store().drafts.addCheckpoint(id, kept('k1', at), content);
    await store().drafts.save(id, edit(2), { ...content, document: emptyPipeline('Later') });
    expect(await store().drafts.checkpoints(id)).toHaveLength(1);
    expect(await store().drafts.checkpointContent(id, 'k1')).toEqual(content);
  });

  it('tells the newest checkpoint, renames and removes them; a text goes with the last that has it', async () => {
    await create();
    expect(await store().drafts.newestCheckpoint(id)).toBeUndefined();
    await store().drafts.addCheckpoint(id, kept('k2', '2026-02-02T00:00:00.000Z'), { ...content, text: '# one\n' });
    await store().drafts.addCheckpoint(id, kept('k1', '2026-01-01T00:00:00.000Z'), { ...content, text: '# one\n' });
    expect((await store().drafts.newestCheckpoint(id))?.id).toBe('k2');
    expect(await store().drafts.changeCheckpoint(id, { ...kept('k1', '2026-01-01T00:00:00.000Z'), name: 'Good' })).toBe(true);
    expect(await store().drafts.changeCheckpoint(id, kept('k9', at))).toBe(false);
    await store().drafts.changeCheckpoint(id, { ...kept('k2', '2026-02-02T00:00:00.000Z'), name: '' });
    // Whoever looked before one of them got its name would have both removed.
    await store().drafts.removeUnnamedCheckpoints(id, ['k1', 'k2', 'nobody']);
    expect(await store().drafts.checkpoints(id)).toMatchObject([{ id: 'k1', name: 'Good' }]);
    expect(await store().drafts.checkpointContent(id, 'k1')).toEqual({ ...content, text: '# one\n' });
    await store().drafts.changeCheckpoint(id, { ...kept('k1', '2026-01-01T00:00:00.000Z'), name: '' });
    await store().drafts.removeUnnamedCheckpoints(id, ['k1']);
    expect(await store().drafts.checkpoints(id)).toEqual([]);
  });
}

const kept = (id: string, time: string): Checkpoint => ({ id, revision: 1, name: 'before', at: time, by: 'Ada', kind: 'named', run: null });

function describeNamedThings(store: () => Store): void {
  const published = (contentHash: string, version?: string) => ({
    name: 'prices',
    displayName: 'Prices',
    draft: null,
    description: '',
    stepCount: 0,
    by: 'Ada',
    publishedAt: at,
    thumbnail: { steps: [], edges: [] },
    document: emptyPipeline('Prices'),
    layout: emptyLayout,
    folder: null,
    contentHash,
    version,
  });

  it('counts versions up, knows the same content, and refuses other content under a taken version', async () => {
    expect(await store().pipelines.publish(published('h1'))).toMatchObject({ kind: 'published', pipeline: { version: '1' } });
    expect(await store().pipelines.publish(published('h1'))).toMatchObject({ kind: 'unchanged', pipeline: { version: '1' } });
    expect(await store().pipelines.publish(published('h2'))).toMatchObject({ kind: 'published', pipeline: { version: '2' } });
    expect(await store().pipelines.publish(published('h3', '2'))).toEqual({ kind: 'version-taken', version: '2' });
    expect(await store().pipelines.get('prices', 'latest')).toMatchObject({ version: '2' });
    expect((await store().pipelines.list({ limit: 5 })).items).toHaveLength(1);
  });

  it('finds the versions of what was published from a draft, by whomever, and those of a name', async () => {
    const draft = DraftId.parse('d');
    await store().pipelines.publish(published('h0'));
    await store().pipelines.publish({ ...published('h1'), draft });
    await store().pipelines.publish({ ...published('h2'), name: 'others' });
    const found = async (name: string | null) => (await store().pipelines.ofDraft(draft, name)).map((each) => `${each.name} ${each.version}`);
    expect(await found(null)).toEqual(['prices 2', 'prices 1']);
    expect(await found('others')).toEqual(['others 1', 'prices 2', 'prices 1']);
    expect(await store().pipelines.ofDraft(DraftId.parse('nobody'), null)).toEqual([]);
  });

  it('keeps the text of a version for whoever asks for it by name', async () => {
    await store().pipelines.publish({ ...published('h1'), text: '# one\n' });
    await store().pipelines.publish(published('h2'));
    expect(await store().pipelines.get('prices', '1')).toMatchObject({ text: '# one\n' });
    expect((await store().pipelines.get('prices', 'latest'))?.text).toBeUndefined();
  });

  it('makes another version of the same content in another text', async () => {
    const publish = async (text?: string, version?: string) => await store().pipelines.publish({ ...published('h1', version), text });
    expect(await publish('# one\n')).toMatchObject({ kind: 'published', pipeline: { version: '1' } });
    expect(await publish('# two\n')).toMatchObject({ kind: 'published', pipeline: { version: '2' } });
    expect(await publish()).toMatchObject({ kind: 'published', pipeline: { version: '3' } });
    expect(await publish('# one\n')).toMatchObject({ kind: 'unchanged', pipeline: { version: '1' } });
    expect(await publish()).toMatchObject({ kind: 'unchanged', pipeline: { version: '3' } });
    expect(await publish('# three\n', '2')).toEqual({ kind: 'version-taken', version: '2' });
  });

  it('registers components once per version; the product may replace its own', async () => {
    const component = { type: 'command' as const, command: 'true', inputs: {}, outputs: {} };
    const record = { name: 'c', version: '1', component, contentHash: 'h1', folder: '/a', registeredAt: at, by: null };
    expect(await store().registry.registerComponent({ ...record, source: 'registered' })).toBe('registered');
    expect(await store().registry.registerComponent({ ...record, source: 'registered' })).toBe('unchanged');
    expect(await store().registry.registerComponent({ ...record, contentHash: 'h2', source: 'registered' })).toBe('version-taken');
    const builtIn = { ...record, name: 'b', source: 'built-in' as const };
    await store().registry.registerComponent(builtIn);
    expect(await store().registry.registerComponent({ ...builtIn, contentHash: 'h2', folder: '/b' })).toBe('registered');
    expect(await store().registry.component('b', 'latest')).toMatchObject({ folder: '/b' });
    expect(await store().registry.component('b', '7')).toBeUndefined();
  });

  it('remembers settings', async () => {
    await store().settings.set('name', 'Ada');
    await store().settings.set('name', { first: 'Grace' });
    expect(await store().settings.get('name')).toEqual({ first: 'Grace' });
    expect(await store().settings.get('other')).toBeUndefined();
  });
}
