import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ContentHash } from '@pipewright/shared/ids.ts';
import type { ResolvedOutput } from '@pipewright/shared/run/run-snapshot.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import { createArtifactStore } from '../artifacts/create-artifact-store.ts';
import { initialSteps } from '../engine/run-state.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { writeFiles } from '../testing/place.ts';
import { snapshotOf } from '../testing/snapshot-builder.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { deliverOutputs } from './deliver-outputs.ts';

const at = '2026-01-01T00:00:00.000Z';

/** Runs of a step `make` with two outputs, of which these things are said. */
async function opened() {
  const folder = await tempFolder();
  const store = await openSqliteStore(join(folder, 'store.db'));
  onTestFinished(async () => await store[Symbol.asyncDispose]());
  const artifacts = createArtifactStore(join(folder, 'objects'), Date.now);
  const clock = { now: () => new Date(at) };
  /** `cancelledAt`: the place whose turn it is when somebody cancels the run. */
  const deliver = async (text: string, said: { readonly [port: string]: Partial<ResolvedOutput> }, cancelledAt = '') => {
    let row: StepRun = { key: 'make', status: 'waiting', attempts: 0, notes: [] };
    const target = (path: string) => {
      if (path === cancelledAt) row = { key: 'make', status: 'cancelled', attempts: 1, notes: [], endedAt: at, by: 'Ada' };
      return { kind: 'local' as const, path };
    };
    const world = { store, artifacts, data: { target }, clock };
    // A file of its own: one that is being written by another delivery would be collected half.
    const file = `${randomUUID()}.txt`;
    await writeFiles(folder, { [file]: text });
    const { hash, ...size } = await artifacts.collect(join(folder, file));
    const artifact = { hash: ContentHash.parse(hash), type: 'uri_file' as const, ...size };
    const plain = snapshotOf({ make: {} });
    const { make } = plain.steps;
    if (!make) throw new Error('expected the step');
    const outputs = Object.fromEntries(Object.entries(said).map(([port, settings]) => [port, { type: 'uri_file' as const, ...settings }]));
    const snapshot = { ...plain, steps: { make: { ...make, outputs } } };
    const about = { name: 'n', pipelineName: 'p', experiment: 'e', origin: { kind: 'document' as const }, by: 'Ada', queuedAt: at };
    const summary = await store.runs.create({ ...about, snapshot, inputs: {}, plan: { steps: [], problems: [] }, steps: initialSteps(snapshot) });
    const written = Object.fromEntries(Object.keys(said).map((port) => [port, artifact]));
    const failure = await deliverOutputs(world, { actor: { runId: summary.id, snapshot, summary, step: () => row }, step: 'make' }, written);
    return { run: summary.id, hash, failure };
  };
  return { folder, store, deliver };
}

const named = (name: string, version: string | null, more: Partial<ResolvedOutput> = {}) => ({ registers: [{ name, version }], ...more });

describe('an exact version', () => {
  it('that two runs want at the same time is that of one of them, and the other is told', async () => {
    const { store, deliver } = await opened();
    const runs = await Promise.all(['one', 'two'].map(async (text) => await deliver(text, { o: named('prices', '3') })));
    const [won, lost] = [runs.filter(({ failure }) => failure === null), runs.filter(({ failure }) => failure !== null)];
    expect([won.length, lost.length]).toEqual([1, 1]);
    expect(lost[0]?.failure).toMatchObject({
      reason: 'outputs',
      message: expect.stringMatching(/^Output o cannot be registered: prices:3 holds other content/),
    });
    expect(await store.assets.find(['data'], 'prices', { version: '3' })).toMatchObject({
      artifact: { hash: won[0]?.hash },
      by: 'Ada',
      source: 'run',
      origin: { run: won[0]?.run, step: 'make', port: 'o' },
    });
  });

  it('with the same content is that of both', async () => {
    const { store, deliver } = await opened();
    const runs = await Promise.all([1, 2].map(async () => await deliver('same', { o: named('prices', '3') })));
    expect(runs.map(({ failure }) => failure)).toEqual([null, null]);
    const { items } = await store.assets.uses({ kind: 'data', name: 'prices', version: '3', roles: ['output'] }, { limit: 9 });
    expect(items.map(({ run }) => run).toSorted()).toEqual(runs.map(({ run }) => run).toSorted());
  });

  it('is not taken, and nothing is written, where another output of the step cannot be registered', async () => {
    const { folder, store, deliver } = await opened();
    await deliver('one', { o: named('rents', '1') });
    const { failure } = await deliver('two', { a: named('prices', '1', { places: [join(folder, 'out')] }), b: named('rents', '1') });
    expect(failure?.message).toContain('Output b cannot be registered: rents:1 holds other content');
    expect(await store.assets.names(['data'])).toEqual(['rents']);
    expect(await readdir(folder)).not.toContain('out');
  });

  it('is not taken for a step that is cancelled while its bytes are laid where they are wanted', async () => {
    const { folder, store, deliver } = await opened();
    const place = join(folder, 'out');
    expect((await deliver('one', { o: named('prices', '1', { places: [place] }) }, place)).failure).toBeNull();
    expect(await store.assets.names(['data'])).toEqual([]);
  });

  it('is not taken where the bytes cannot be laid where they are wanted', async () => {
    const { folder, store, deliver } = await opened();
    await writeFiles(folder, { file: 'in the way' });
    const { failure } = await deliver('one', { o: named('prices', '1', { places: [join(folder, 'file/below')] }) });
    expect(failure?.message).toContain('cannot be written to');
    expect(await store.assets.names(['data'])).toEqual([]);
  });
});
