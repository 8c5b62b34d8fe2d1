import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContentHash, RunId } from '@pipewright/shared/ids.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { OutputRegistration, RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { initialSteps } from '../engine/run-state.ts';
import { snapshotOf } from '../testing/snapshot-builder.ts';
import type { AssetsQuery, NewAsset } from './asset-store.ts';
import type { Store } from './store.ts';

const at = '2026-01-01T00:00:00.000Z';
const artifactOf = (letter: string, type: Artifact['type'] = 'uri_folder'): Artifact => ({
  hash: ContentHash.parse(letter.repeat(64)),
  type,
  isFolder: true,
  sizeBytes: 5,
  fileCount: 1,
});

/** Data called `prices` whose content is a letter. */
const prices = (letter: string, more: Partial<NewAsset> = {}): NewAsset => ({
  kind: 'data',
  name: 'prices',
  version: null,
  type: 'uri_folder',
  source: 'registered',
  createdAt: at,
  by: 'Ada',
  displayName: null,
  description: '',
  tags: {},
  origin: null,
  artifact: artifactOf(letter),
  path: '/in',
  sizeBytes: 5,
  ...more,
});

const everything: AssetsQuery = { kind: 'data', archived: 'exclude', newestOnly: false, limit: 50 };

async function createRun(store: Store, snapshot: RunSnapshot): Promise<RunSummary> {
  const about = { name: 'n', pipelineName: 'p', experiment: 'e', origin: { kind: 'document' as const }, by: 'Grace', queuedAt: at };
  return await store.runs.create({ ...about, snapshot, inputs: {}, plan: { steps: [], problems: [] }, steps: initialSteps(snapshot) });
}

/** A run of the step `a` with these names for what it puts out. */
function snapshotWith(registers: OutputRegistration[], more: Partial<RunSnapshot['steps'][string]> = {}): RunSnapshot {
  const plain = snapshotOf({ a: {} });
  const { a } = plain.steps;
  if (!a) throw new Error('expected the step');
  return { ...plain, steps: { a: { ...a, outputs: { data: { type: 'uri_folder', registers } }, ...more } } };
}

const row = { key: 'a', attempts: 1, notes: [], reasons: [], fingerprint: 'f', endedAt: at };
const completed = (artifact: Artifact): StepRun => ({
  ...row,
  status: 'completed',
  decision: 'run',
  startedAt: at,
  isReusable: true,
  outputs: { data: artifact },
});
const reused = (artifact: Artifact): StepRun => ({ ...row, status: 'reused', decision: 'reuse', donor: { run: '1', step: 'a' }, outputs: { data: artifact } });

async function end(store: Store, run: RunSummary, step: StepRun): Promise<void> {
  const ended: RunSummary = { ...run, status: 'completed', endedAt: at, lastSeq: 1 };
  const events = [{ type: 'run:submitted' as const, at, seq: 1, changes: { run: ended, steps: [step] } }];
  await store.runs.append(run.id, { afterSeq: 0, events, effects: [], answered: [], fingerprints: {}, tracked: [] });
}

/** What every backend must do with names and versions, and with the runs that made and used them. */
export function describeAssetStore(name: string, open: () => Promise<Store>): void {
  describe(`${name}: assets`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store[Symbol.asyncDispose]();
    });
    describeVersions(() => store);
    describeLists(() => store);
    describeLineage(() => store);
  });
}

function describeVersions(store: () => Store): void {
  const register = async (asset: NewAsset): Promise<[string, string]> => {
    const { outcome, asset: found } = await store().assets.register(asset);
    return [outcome, found.version];
  };

  it('counts versions up, knows the same content, and refuses other content under a taken version', async () => {
    expect(await register(prices('a'))).toEqual(['registered', '1']);
    expect(await register(prices('a'))).toEqual(['unchanged', '1']);
    expect(await register(prices('b', { version: '7' }))).toEqual(['registered', '7']);
    expect(await register(prices('b', { version: '7' }))).toEqual(['unchanged', '7']);
    expect(await register(prices('c', { version: '7' }))).toEqual(['version-taken', '7']);
    expect(await register(prices('c'))).toEqual(['registered', '8']);
    expect(await register(prices('a', { kind: 'model', type: 'custom_model' }))).toEqual(['registered', '1']);
  });

  it('registers several at once, or none where one of them is taken', async () => {
    const { assets } = store();
    const [first, second] = [prices('a', { version: '7' }), prices('a', { name: 'rents', version: '1' })];
    expect(await assets.registerAll([first, second])).toBeNull();
    expect(await assets.registerAll([first, second])).toBeNull();
    const other = prices('b', { version: '7' });
    expect(await assets.registerAll([prices('b', { name: 'wages', version: '1' }), other, prices('b', { name: 'rents' })])).toEqual(other);
    expect(await assets.names(['data'])).toEqual(['prices', 'rents']);
    expect((await assets.versions({ kind: 'data', name: 'rents' })).length).toBe(1);
    // Of two at once one comes first.
    const both = await Promise.all(['c', 'd'].map(async (letter) => await assets.registerAll([prices(letter, { version: '9' })])));
    expect(both.filter((taken) => taken === null).length).toBe(1);
  });

  it('finds by version and by label; latest passes over what is archived, an exact version does not', async () => {
    const { assets } = store();
    await register(prices('a'));
    await register(prices('b'));
    const found = async (label: string): Promise<string | undefined> => (await assets.find(['data'], 'prices', { label }))?.version;
    expect(await found('latest')).toBe('2');
    expect(await assets.setLabel({ kind: 'data', name: 'prices' }, 'best', '1')).toBe(true);
    expect(await assets.setLabel({ kind: 'data', name: 'prices' }, 'best', '9')).toBe(false);
    expect(await found('best')).toBe('1');
    expect(await assets.setArchived({ kind: 'data', name: 'prices' }, ['1', '2'], at)).toEqual(['1', '2']);
    expect(await assets.setArchived({ kind: 'data', name: 'prices' }, ['2'], at)).toEqual([]);
    expect(await found('latest')).toBeUndefined();
    expect(await assets.names(['data'])).toEqual([]);
    expect(await assets.find(['model', 'data'], 'prices', { version: '2' })).toMatchObject({ archivedAt: at, isLatest: false });
    expect(await assets.setArchived({ kind: 'data', name: 'prices' }, ['1'], null)).toEqual(['1']);
    expect(await assets.find(['data'], 'prices', { version: '1' })).toMatchObject({ archivedAt: null, isLatest: true, labels: ['best'] });
    // A number that was given is never given again.
    expect(await register(prices('c'))).toEqual(['registered', '3']);
    expect(await assets.setLabel({ kind: 'data', name: 'prices' }, 'best', null)).toBe(true);
    expect(await assets.setLabel({ kind: 'data', name: 'prices' }, 'best', null)).toBe(false);
    expect(await found('best')).toBeUndefined();
  });

  it('changes what is said of a version, and nothing else', async () => {
    await register(prices('a', { tags: { of: '2026' } }));
    const key = { kind: 'data', name: 'prices', version: '1' } as const;
    const changed = await store().assets.update(key, { description: '# Prices' });
    expect(changed).toMatchObject({ description: '# Prices', tags: { of: '2026' }, displayName: null, artifact: artifactOf('a') });
    expect(await store().assets.update(key, { tags: {}, displayName: 'Prices' })).toMatchObject({ description: '# Prices', tags: {}, displayName: 'Prices' });
    expect(await store().assets.update({ ...key, version: '2' }, { description: 'x' })).toBeUndefined();
  });

  it('archives components too: their latest is another then, also for who has looked it up before', async () => {
    const { registry, assets } = store();
    const component = { type: 'command' as const, command: 'true', inputs: {}, outputs: {} };
    const record = { name: 'c', component, folder: '/a', registeredAt: at, by: null, source: 'registered' as const };
    await registry.registerComponent({ ...record, version: '1', contentHash: 'h1' });
    await registry.registerComponent({ ...record, version: '2', contentHash: 'h2' });
    expect(await registry.component('c', 'latest')).toMatchObject({ version: '2' });
    await assets.setArchived({ kind: 'component', name: 'c' }, ['2'], at);
    expect(await registry.component('c', 'latest')).toMatchObject({ version: '1' });
    expect(await registry.component('c', '2')).toMatchObject({ archivedAt: at });
    expect((await assets.versions({ kind: 'component', name: 'c' })).map(({ type, artifact }) => [type, artifact])).toEqual([
      ['command', null],
      ['command', null],
    ]);
  });
}

function describeLists(store: () => Store): void {
  const list = async (query: Partial<AssetsQuery>): Promise<string[]> =>
    (await store().assets.list({ ...everything, ...query })).items.map(({ name, version }) => `${name}:${version}`);

  it('lists newest first, by name, tag, type, archived or not, by page', async () => {
    for (const letter of ['a', 'b', 'c']) await store().assets.register(prices(letter));
    await store().assets.register(prices('a', { name: 'cars_100%', displayName: 'All cars', tags: { team: 'blue', 'a=b': '' } }));
    await store().assets.register(prices('a', { name: 'm', kind: 'model', type: 'mlflow_model' }));
    await store().assets.setArchived({ kind: 'data', name: 'prices' }, ['3'], at);
    expect(await list({})).toEqual(['cars_100%:1', 'prices:2', 'prices:1']);
    expect(await list({ newestOnly: true })).toEqual(['cars_100%:1', 'prices:2']);
    expect(await list({ archived: 'only' })).toEqual(['prices:3']);
    expect(await list({ archived: 'include', newestOnly: true })).toEqual(['cars_100%:1', 'prices:3']);
    expect(await list({ search: '0%' })).toEqual(['cars_100%:1']);
    expect(await list({ search: 'ALL C' })).toEqual(['cars_100%:1']);
    expect(await list({ search: '1x0' })).toEqual([]);
    expect(await list({ tag: 'team' })).toEqual(['cars_100%:1']);
    expect(await list({ tag: 'team=red' })).toEqual([]);
    expect(await list({ kind: 'model', type: 'mlflow_model' })).toEqual(['m:1']);
    const first = await store().assets.list({ ...everything, limit: 2 });
    expect(await list({ cursor: first.nextCursor ?? '' })).toEqual(['prices:1']);
  });
}

function describeLineage(store: () => Store): void {
  const uses = async (version: string | null, role: 'input' | 'output' | 'component', kind: 'data' | 'model' | 'component' = 'data', name = 'prices') =>
    (await store().assets.uses({ kind, name, version, roles: [role] }, { limit: 50 })).items.map(({ run, step, port, steps }) => [run, step, port, steps]);

  it('gives an output its name with the event that completes the step, and a reused one as well', async () => {
    const made = await createRun(store(), snapshotWith([{ name: 'prices', version: null }]));
    expect(await store().assets.versions({ kind: 'data', name: 'prices' })).toEqual([]);
    await end(store(), made, completed(artifactOf('a')));
    const [asset] = await store().assets.versions({ kind: 'data', name: 'prices' });
    expect(asset).toMatchObject({ version: '1', source: 'run', by: 'Grace', origin: { run: made.id, step: 'a', port: 'data' }, artifact: artifactOf('a') });
    const again = await createRun(store(), snapshotWith([{ name: 'prices', version: null }]));
    await end(store(), again, reused(artifactOf('a')));
    expect(await store().assets.versions({ kind: 'data', name: 'prices' })).toEqual([asset]);
    expect(await uses('1', 'output')).toEqual([
      [again.id, 'a', 'data', 1],
      [made.id, 'a', 'data', 1],
    ]);
    const other = await createRun(store(), snapshotWith([{ name: 'prices', version: null }]));
    await end(store(), other, completed(artifactOf('b')));
    expect(await store().assets.find(['data'], 'prices', { label: 'latest' })).toMatchObject({ version: '2', origin: { run: other.id } });
    expect(await store().assets.inRun(other.id)).toEqual([{ kind: 'data', name: 'prices', version: '2', role: 'output', step: 'a', port: 'data' }]);
  });

  it('makes of an output a model or data, as its pipeline says, under as many names as it gives', async () => {
    const names: OutputRegistration[] = [
      { name: 'best', version: '3', type: 'mlflow_model' },
      { name: 'prices', version: null },
    ];
    const run = await createRun(store(), snapshotWith(names));
    await end(store(), run, completed(artifactOf('a')));
    expect(await store().assets.find(['model'], 'best', { version: '3' })).toMatchObject({ type: 'mlflow_model', artifact: artifactOf('a', 'mlflow_model') });
    expect(await store().assets.find(['data'], 'prices', { version: '1' })).toMatchObject({ type: 'uri_folder' });
  });

  it('never changes a version that somebody took meanwhile', async () => {
    const run = await createRun(store(), snapshotWith([{ name: 'prices', version: '1' }]));
    await store().assets.register(prices('e'));
    await end(store(), run, completed(artifactOf('a')));
    expect(await store().assets.versions({ kind: 'data', name: 'prices' })).toMatchObject([{ artifact: artifactOf('e'), origin: null }]);
    expect(await uses('1', 'output')).toEqual([]);
  });

  it('tells which runs used a version, newest first, by page; of a component its first step and how many', async () => {
    await store().assets.register(prices('a'));
    const component = { type: 'command' as const, command: 'true', inputs: {}, outputs: {} };
    const record = { name: 'c', version: '1', component, contentHash: 'h', folder: '/a', registeredAt: at, by: null, source: 'registered' as const };
    await store().registry.registerComponent(record);
    const pin = { kind: 'data', name: 'prices', version: '1' } as const;
    const path = { kind: 'data' as const, type: 'uri_folder' as const, path: '/x', hash: artifactOf('a').hash, isFolder: true, asset: pin };
    const plain = snapshotWith([], { inputs: { x: path, y: path }, assets: { component: { kind: 'component', name: 'c', version: '1' } } });
    const { a } = plain.steps;
    if (!a) throw new Error('expected the step');
    const runs = [await createRun(store(), { ...plain, steps: { a, b: a } }), await createRun(store(), { ...plain, steps: { a } })];
    const [older, newer] = runs.map(({ id }) => id);
    expect(await uses('1', 'component', 'component', 'c')).toEqual([
      [newer, 'a', '', 1],
      [older, 'a', '', 2],
    ]);
    expect(await uses('1', 'input')).toEqual([
      [newer, 'a', 'x', 1],
      [newer, 'a', 'y', 1],
      [older, 'a', 'x', 1],
      [older, 'a', 'y', 1],
      [older, 'b', 'x', 1],
      [older, 'b', 'y', 1],
    ]);
    expect(await uses('2', 'input')).toEqual([]);
    expect(await uses(null, 'input')).toHaveLength(6);
    const of = { kind: 'data', name: 'prices', version: null, roles: ['input'] } as const;
    const first = await store().assets.uses(of, { limit: 4 });
    const rest = await store().assets.uses(of, { limit: 4, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ run, step, port }) => `${run}${step}${port}`)).toEqual(
      (await uses(null, 'input')).map(([run, step, port]) => `${run}${step}${port}`),
    );
    expect(rest.nextCursor).toBeNull();
    expect(await store().assets.inRun(RunId.parse(older), 'b')).toMatchObject([{ port: 'x' }, { port: 'y' }]);
  });

  it('forgets the uses of a run that is removed', async () => {
    const run = await createRun(store(), snapshotWith([{ name: 'prices', version: null }]));
    await end(store(), run, completed(artifactOf('a')));
    await store().retention.removeRun(run.id);
    expect(await uses('1', 'output')).toEqual([]);
    expect(await store().assets.find(['data'], 'prices', { version: '1' })).toMatchObject({ origin: { run: run.id } });
  });
}
