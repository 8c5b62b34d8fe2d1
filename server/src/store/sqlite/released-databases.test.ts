import { DatabaseSync } from 'node:sqlite';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunEvents, Run } from '@pipewright/shared/http/runs.ts';
import { ContentHash, DraftId, RunId } from '@pipewright/shared/ids.ts';
import { call, runToEnd } from '../../testing/api.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { testServer } from '../../testing/test-server.ts';
import { migrations } from '../migrations/index.ts';
import type { Store } from '../store.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

/**
 * Databases as releases have left them, each called after its last migration: two runs of the same two steps, the second
 * one reused; a run that failed; a draft with a checkpoint, and its published pipeline.
 */
const released = join(import.meta.dirname, '..', 'migrations', 'released');
const names = (await readdir(released)).map((file) => file.replace(/\.sql$/, '')).toSorted();

async function restore(name: string, home: string): Promise<string> {
  const file = join(home, 'pipewright.db');
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec(await readFile(join(released, `${name}.sql`), 'utf8'));
  database.close();
  return file;
}

async function readAll(store: Store): Promise<void> {
  const { items } = await store.runs.list({ limit: 10 });
  expect(items.map(({ id, status }) => [id, status])).toEqual([
    ['3', 'failed'],
    ['2', 'completed'],
    ['1', 'completed'],
  ]);
  for (const { id, lastSeq } of items) {
    expect((await store.runs.get(id))?.summary.id).toBe(id);
    expect((await store.runs.eventsAfter(id, 0)).map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
    expect(await store.runs.plan(id)).toMatchObject({ problems: [] });
    expect(await store.runs.pendingEffects(id)).toEqual([]);
  }
  const make = await store.runs.step(RunId.parse('1'), 'make');
  if (make?.status !== 'completed') throw new Error('expected a completed step');
  expect((await store.reuse.donors([make.fingerprint])).get(make.fingerprint)).toMatchObject([{ donor: { run: '1', step: 'make' }, outputs: make.outputs }]);
  expect(await store.reuse.nearest({ lineage: 'file:/home/ada/work/two.yml', step: 'make', component: null })).toMatchObject({ status: 'reused' });
  expect((await store.tracking.ofStep(RunId.parse('1'), 'make')).metrics).toMatchObject([{ name: 'score', last: 0.5 }]);
  expect((await store.outputs.ofTypes(['uri_file'], { limit: 10 })).items).toMatchObject([
    { run: '1', step: 'copy' },
    { run: '1', step: 'make' },
  ]);
  const [draft] = (await store.drafts.list({ limit: 10 })).items;
  expect(draft).toMatchObject({ revision: 1, document: { display_name: 'Two steps' } });
  const [checkpoint] = await store.drafts.checkpoints(DraftId.parse(draft?.id));
  expect(await store.drafts.checkpointContent(DraftId.parse(draft?.id), checkpoint?.id ?? '')).toEqual({ document: draft?.document, layout: draft?.layout });
  expect((await store.pipelines.list({ limit: 10 })).items).toMatchObject([{ name: 'two', version: '1' }]);
  expect(await store.settings.get('lastPort')).toEqual(expect.any(Number));
  const { texts, donors } = await store.retention.traces(RunId.parse('2'));
  expect(texts.join(' ')).toContain(ContentHash.parse(make.outputs['out']?.hash));
  expect(donors).toHaveLength(2);
}

describe.each(names)('the database of %s', (name) => {
  it('is brought up to date and read whole', async () => {
    expect(Object.keys(migrations)).toContain(name);
    const store = await openSqliteStore(await restore(name, await tempFolder()));
    await readAll(store);
    await store[Symbol.asyncDispose]();
  });

  it('is served on: what ran is shown, what follows is numbered on, and what is removed is gone', async () => {
    const home = await tempFolder();
    await restore(name, home);
    const server = await testServer({ home });
    const run = Run.parse((await call(server, '/api/runs/3')).body);
    expect(run.steps).toMatchObject([{ key: 'only', status: 'failed', failure: { exitCode: 3 } }]);
    expect(RunEvents.parse((await call(server, '/api/runs/3/events?after=0')).body).items).toHaveLength(run.lastSeq);
    // Its bytes are not here: this is the database alone.
    expect(await call(server, '/api/runs/1/steps/copy/outputs/copy')).toMatchObject({ status: 410, body: { code: 'output-deleted' } });
    expect((await runToEnd(server, { document: { type: 'pipeline', jobs: { only: { command: 'true' } } } })).run).toMatchObject({
      id: '4',
      status: 'completed',
    });
    expect(await call(server, '/api/runs/1', { method: 'DELETE' })).toMatchObject({ status: 200 });
    expect(await call(server, '/api/runs/2/steps/make/metrics')).toMatchObject({ body: { metrics: [{ name: 'score' }] } });
  });
});

it('is kept from the first release on', () => {
  expect(names[0]).toBe('0001-initial');
});
