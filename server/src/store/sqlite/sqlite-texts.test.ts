import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DraftId } from '@pipewright/shared/ids.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { initialSteps } from '../../engine/run-state.ts';
import { snapshotOf } from '../../testing/snapshot-builder.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import type { NewRun, Store } from '../store.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

const at = '2026-01-01T00:00:00.000Z';
const id = DraftId.parse('d1');
const content = { document: emptyPipeline('Prices'), layout: emptyLayout };
const snapshot = snapshotOf({ a: { params: { rate: 1 } } });
const runOf = (text: string): NewRun => ({
  name: 'r',
  pipelineName: 'Prices',
  experiment: 'e',
  origin: { kind: 'draft', draft: 'd1', revision: 1 },
  by: 'Ada',
  queuedAt: at,
  snapshot,
  inputs: {},
  plan: { steps: [], problems: [] },
  steps: initialSteps(snapshot),
  text,
});
const endedRun = async (store: Store, text: string) => {
  const run = await store.runs.create(runOf(text));
  const changes = { run: { ...run, status: 'cancelled' as const, endedAt: at, lastSeq: 1 }, steps: [] };
  const events = [{ type: 'run:submitted' as const, at, seq: 1, changes }];
  await store.runs.append(run.id, { afterSeq: 0, events, effects: [], answered: [], fingerprints: {}, tracked: [] });
  return run.id;
};

describe('the texts of documents', () => {
  it('are stored once for a draft and all its runs, and forgotten with the last of them', async () => {
    const file = join(await tempFolder(), 'p.db');
    const store = await openSqliteStore(file);
    const database = new DatabaseSync(file, { readOnly: true });
    onTestFinished(async () => {
      database.close();
      await store[Symbol.asyncDispose]();
    });
    const stored = () =>
      database
        .prepare('select text from texts order by text')
        .all()
        .map(({ text }) => text);
    await store.drafts.create({ ...content, text: '# one', id, createdAt: at, by: 'Ada', folder: null, from: null });
    const runs = [await endedRun(store, '# one'), await endedRun(store, '# one')];
    expect(stored()).toEqual(['# one']);
    const ops = [{ op: 'text.splice' as const, at: 2, removed: 'one', inserted: 'two' }];
    await store.drafts.save(id, { revision: 2, clientId: 'c', mutationId: 'm', by: 'Ada', at, ops }, { ...content, text: '# two' });
    expect(stored()).toEqual(['# one', '# two']);
    for (const run of runs) {
      expect(await store.runs.textOf(run)).toBe('# one');
      expect(await store.retention.removeRun(run)).toEqual({ kind: 'removed' });
    }
    expect(stored()).toEqual(['# two']);
  });
});
