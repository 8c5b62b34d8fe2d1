import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DraftId } from '@pipewright/shared/ids.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

const at = '2026-01-01T00:00:00.000Z';
const id = DraftId.parse('d1');
const content = { document: emptyPipeline('Prices'), layout: emptyLayout };
const edit = (revision: number) => ({ revision, mutationId: `m${revision}`, clientId: 'c', by: 'Ada', at, ops: [{ op: 'layout.move' as const, step: 'a' }] });

it('knows an edit again that it no longer keeps: a laptop that slept for thousands of edits sends it once more', async () => {
  const file = join(await tempFolder(), 'p.db');
  const store = await openSqliteStore(file);
  const raw = new DatabaseSync(file);
  onTestFinished(async () => {
    raw.close();
    await store[Symbol.asyncDispose]();
  });
  await store.drafts.create({ ...content, id, createdAt: at, by: 'Ada', folder: null, from: null });
  await store.drafts.save(id, edit(2), content);
  raw.exec('update drafts set revision = 2001');
  await store.drafts.save(id, edit(2002), content);
  expect(await store.drafts.editsAfter(id, 1)).toBeUndefined();
  expect(await store.drafts.editsAfter(id, 2001)).toHaveLength(1);
  expect(raw.prepare('select edit from draft_edits where revision = 2').get()).toEqual({ edit: 'null' });
  expect(await store.drafts.save(id, { ...edit(2003), mutationId: 'm2' }, content)).toEqual({ kind: 'repeated', revision: 2 });
});
