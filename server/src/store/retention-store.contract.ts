import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PipelineComponent } from '@pipewright/shared/component/component.ts';
import { ContentHash, DraftId, RunId } from '@pipewright/shared/ids.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Artifact } from '@pipewright/shared/run/artifact.ts';
import type { StepRun } from '@pipewright/shared/run/step-run.ts';
import type { RunSummary } from '@pipewright/shared/run/run.ts';
import type { RunSnapshot } from '@pipewright/shared/run/run-snapshot.ts';
import { initialSteps } from '../engine/run-state.ts';
import { snapshotOf } from '../testing/snapshot-builder.ts';
import type { Store } from './store.ts';

const at = '2026-01-01T00:00:00.000Z';
const code = ContentHash.parse('c'.repeat(64));
const artifact: Artifact = { hash: ContentHash.parse('a'.repeat(64)), type: 'uri_folder', isFolder: true, sizeBytes: 1, fileCount: 1 };
const environment = { python: '3.11', requirements: ['pandas'], variables: {} };

/** A run of the steps `a` and `b`, of which `a` has code and a registered output. */
async function createRun(store: Store, more: Partial<RunSnapshot> = {}): Promise<RunSummary> {
  const plain = snapshotOf({ a: {}, b: { after: ['a'] } });
  const { a, b } = plain.steps;
  if (!a || !b) throw new Error('expected the steps');
  const outputs = { data: { type: 'uri_folder' as const, registers: [{ name: 'prices', version: null }] } };
  const snapshot = { ...plain, steps: { a: { ...a, environment, outputs, code: { hash: code, files: {} } }, b }, ...more };
  const summary = { name: 'n', pipelineName: 'p', experiment: 'e', origin: { kind: 'document' as const }, by: 'Ada', queuedAt: at };
  return await store.runs.create({ ...summary, snapshot, inputs: {}, plan: { steps: [], problems: [] }, steps: initialSteps(snapshot) });
}

/** Ends a run with these rows. */
async function end(store: Store, run: RunSummary, steps: readonly StepRun[]): Promise<void> {
  const ended: RunSummary = { ...run, status: 'completed', endedAt: at, lastSeq: 1 };
  const events = [{ type: 'run:submitted' as const, at, seq: 1, changes: { run: ended, steps: [...steps] } }];
  await store.runs.append(run.id, { afterSeq: 0, events, effects: [], answered: [], fingerprints: {}, tracked: [] });
}

const decided = { key: 'a', attempts: 1, notes: [], reasons: [], fingerprint: 'f', endedAt: at, outputs: { data: artifact } };
const completed = { ...decided, status: 'completed', decision: 'run', startedAt: at, isReusable: true } satisfies StepRun;
const reusedFrom = (run: RunSummary): StepRun => ({ ...decided, status: 'reused', decision: 'reuse', donor: { run: run.id, step: 'a' } });

/** What every backend must do for whoever clears up. */
export function describeRetentionStore(name: string, open: () => Promise<Store>): void {
  describe(`${name}: retention`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store[Symbol.asyncDispose]();
    });

    it('tells what runs refer to: artifacts and code by their hashes, environments, donors', async () => {
      const first = await createRun(store);
      await end(store, first, [completed]);
      const second = await createRun(store);
      await end(store, second, [reusedFrom(first)]);
      const third = await createRun(store);
      expect(await store.retention.runs()).toEqual([
        { id: first.id, queuedAt: at, endedAt: at },
        { id: second.id, queuedAt: at, endedAt: at },
        { id: third.id, queuedAt: at, endedAt: null },
      ]);
      const traces = await store.retention.traces(second.id);
      expect(traces.texts.join(' ')).toContain(code);
      expect(traces.texts.join(' ')).toContain(artifact.hash);
      expect(traces.environments).toEqual(expect.arrayContaining([environment, null]));
      expect(traces.donors).toEqual([{ run: first.id, step: 'a' }]);
      expect(await store.retention.codeOf(first.id)).toEqual([code]);
      expect(await store.retention.producersOf(artifact.hash)).toEqual([`${first.id}/a.data`]);
      expect(await store.retention.donorsIn(first.id)).toEqual(['a']);
      expect(await store.retention.donorsIn(second.id)).toEqual([]);
    });

    it('tells what a run will take over: results that stand in for its steps, and while it goes on those of runs before it', async () => {
      const first = await createRun(store);
      await end(store, first, [completed]);
      const { b } = snapshotOf({ a: {}, b: { after: ['a'] } }).steps;
      if (!b) throw new Error('expected the step');
      const plain = { retry: null, timeoutMs: null, after: [], when: null, reuse: 'auto' as const, resources: null, forEach: null };
      const part = await createRun(store, { steps: { b: { ...b, control: { ...plain, standIn: { run: first.id, step: 'a' } } } } });
      const resumed = await createRun(store, { steps: {}, resumes: [first.id] });
      const isNamedBy = async (run: RunSummary): Promise<boolean> => (await store.retention.traces(run.id)).texts.join(' ').includes(artifact.hash);
      expect([await isNamedBy(part), await isNamedBy(resumed)]).toEqual([true, true]);
      await end(store, resumed, []);
      expect(await isNamedBy(resumed)).toBe(false);
    });

    it('tells what drafts and registered outputs refer to', async () => {
      const content = { document: { ...emptyPipeline('Draft'), description: 'd'.repeat(64) }, layout: emptyLayout };
      await store.drafts.create({ id: DraftId.parse('d1'), createdAt: at, by: 'Ada', folder: null, from: null, ...content });
      await end(store, await createRun(store), [completed]);
      const texts = (await store.retention.standingTexts()).join(' ');
      expect(texts).toContain('d'.repeat(64));
      expect(texts).toContain(artifact.hash);
      expect(texts).not.toContain(code);
    });

    it('tells of the results that steps of drafts are pinned to', async () => {
      const run = await createRun(store);
      await end(store, run, [completed]);
      const pinned = Step.parse({ command: 'true', tags: { 'pipewright.pin': `${run.id} a` } });
      const content = { document: { ...emptyPipeline('Draft'), jobs: { other: pinned } }, layout: emptyLayout };
      const hasHash = async (): Promise<boolean> =>
        (await store.retention.standingTexts()).some((text) => text.includes('"key":"a"') && text.includes(artifact.hash));
      expect(await hasHash()).toBe(false);
      await store.drafts.create({ id: DraftId.parse('d1'), createdAt: at, by: 'Ada', folder: null, from: null, ...content });
      expect(await hasHash()).toBe(true);
    });

    it('tells of those that checkpoints and registered pipelines are pinned to, wherever these are used', async () => {
      const { a } = snapshotOf({ a: {} }).steps;
      if (!a) throw new Error('expected the step');
      const run = await createRun(store, { steps: { 'outer/a': a, 'outer/b': a } });
      const row = (key: string, letter: string): StepRun => ({
        ...completed,
        key,
        outputs: { data: { ...artifact, hash: ContentHash.parse(letter.repeat(64)) } },
      });
      await end(store, run, [row('outer/a', '1'), row('outer/b', '2')]);
      const pinnedTo = (step: string) => ({
        ...emptyPipeline('Pinned'),
        jobs: { other: Step.parse({ command: 'true', tags: { 'pipewright.pin': `${run.id} ${step}` } }) },
      });
      const rows = async (): Promise<string[]> => {
        const texts = await store.retention.standingTexts();
        return ['outer/a', 'outer/b'].filter((key) => texts.some((text) => text.includes(`"key":"${key}"`)));
      };
      const id = DraftId.parse('d1');
      await store.drafts.create({ id, createdAt: at, by: 'Ada', folder: null, from: null, document: emptyPipeline('Draft'), layout: emptyLayout });
      expect(await rows()).toEqual([]);
      const component = PipelineComponent.parse({ ...pinnedTo('a'), name: 'p', version: '1' });
      const record = { name: 'p', version: '1', component, contentHash: 'h', folder: '/a', registeredAt: at, by: null };
      await store.registry.registerComponent({ ...record, source: 'registered' });
      expect(await rows()).toEqual(['outer/a']);
      const checkpoint = { id: 'k1', name: 'Kept', at, by: 'Ada', revision: 0, kind: 'named' as const, run: null };
      await store.drafts.addCheckpoint(id, checkpoint, { document: pinnedTo('outer/b'), layout: emptyLayout });
      expect(await rows()).toEqual(['outer/a', 'outer/b']);
    });

    it('tells which folders drafts look into, archived ones too', async () => {
      const draft = { createdAt: at, by: 'Ada', from: null, document: emptyPipeline('Draft'), layout: emptyLayout };
      await store.drafts.create({ ...draft, id: DraftId.parse('d1'), folder: '/one' });
      await store.drafts.create({ ...draft, id: DraftId.parse('d2'), folder: '/two' });
      await store.drafts.create({ ...draft, id: DraftId.parse('d3'), folder: null });
      await store.drafts.archive(DraftId.parse('d2'), at);
      expect((await store.retention.foldersInUse()).toSorted()).toEqual(['/one', '/two']);
    });

    it('removes a run that has ended, and leaves what it has registered', async () => {
      const run = await createRun(store);
      const { retention } = store;
      expect(await retention.removeRun(run.id)).toEqual({ kind: 'unfinished' });
      await end(store, run, [completed]);
      expect(await retention.removeRun(run.id)).toEqual({ kind: 'removed' });
      expect(await retention.removeRun(run.id)).toEqual({ kind: 'unknown' });
      expect(await store.runs.get(run.id)).toBeUndefined();
      expect(await store.assets.find(['data'], 'prices', { label: 'latest' })).toMatchObject({ version: '1', origin: { run: run.id, step: 'a' } });
      expect(await store.runs.eventsAfter(run.id, 0)).toEqual([]);
      expect((await createRun(store)).id).not.toBe(run.id);
    });

    it('keeps what a removed run has tracked for those that reuse its steps, until they are removed too', async () => {
      const first = await createRun(store);
      await end(store, first, [completed]);
      const second = await createRun(store);
      await end(store, second, [reusedFrom(first)]);
      for (const step of ['a', 'b']) {
        await store.tracking.start({ id: step, experimentId: '0', of: { runId: first.id, step, attempt: 1 }, startedAt: 1 });
        await store.tracking.log(step, { metrics: [{ name: 'r2', value: 1, at: 1, step: 0 }], params: { rate: '1' }, tags: {} });
      }
      await store.retention.removeRun(first.id);
      await store.retention.forgetOrphans();
      expect((await store.tracking.ofStep(RunId.parse(first.id), 'a')).metrics).toMatchObject([{ name: 'r2', last: 1 }]);
      expect(await store.tracking.get('b')).toBeUndefined();
      expect((await store.tracking.facts(['b'])).get('b')).toMatchObject({ metrics: [], params: {} });
      await store.retention.removeRun(second.id);
      await store.retention.forgetOrphans();
      expect(await store.tracking.get('a')).toBeUndefined();
      expect(await store.tracking.metricHistory('a', 'r2')).toEqual([]);
    });
  });
}
