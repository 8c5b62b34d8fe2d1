import { expect, it } from 'vitest';
import { Activity } from '@pipewright/shared/http/activity.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { call, finishedRun } from '../../testing/api.ts';
import { testServer } from '../../testing/test-server.ts';

it('lists what happened to a draft, newest first and page by page, under the names that steps have now', async () => {
  const server = await testServer();
  const document = { type: 'pipeline', display_name: 'Shared', jobs: { train: { command: 'true' } } };
  const { id } = Draft.parse((await call(server, '/api/drafts', { body: { document } })).body);
  let revision = 1;
  const edit = async (by: string, op: unknown): Promise<void> => {
    const headers = { 'If-Match': `"${revision}"`, 'Pipewright-Name': by };
    await call(server, `/api/drafts/${id}/ops`, { body: { clientId: 'c', mutationId: `m${revision}`, ops: [op] }, headers });
    revision += 1;
  };
  const read = async (query = ''): Promise<{ items: Activity[]; nextCursor: string | null }> =>
    pageOf(Activity).parse((await call(server, `/api/drafts/${id}/activity${query}`)).body);
  const words = (items: readonly Activity[]): string[] =>
    items.map((one) => `${one.by} ${one.kind}${one.kind === 'edits' ? ` ${one.count} ${one.places.map(({ op, step }) => `${op} ${step}`).join(', ')}` : ''}`);

  await edit('Ada', { op: 'step.setField', step: 'train', field: 'comment', value: 'x' });
  await edit('Ada', { op: 'pipeline.setMeta', field: 'description', value: 'x' });
  await call(server, `/api/drafts/${id}/checkpoints`, { body: { name: 'First' } });
  await call(server, `/api/drafts/${id}/comments`, { body: { step: 'train', text: 'Good' }, headers: { 'Pipewright-Name': 'Grace' } });
  await call(server, `/api/drafts/${id}/runs`, { body: {} });
  await finishedRun(server, '1');
  await edit('Grace', { op: 'step.rename', step: 'train', to: 'fit' });

  const all = await read();
  expect(words(all.items)).toEqual([
    'Grace edits 1 step.rename fit',
    'Ada run',
    'Grace comment',
    'Ada version',
    'Ada edits 2 pipeline.setMeta null, step.setField fit',
    'Ada created',
  ]);
  expect(all.items[1]).toMatchObject({ run: '1', status: 'completed' });

  const paged: Activity[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Awaited<ReturnType<typeof read>> = await read(`?limit=1${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    paged.push(...page.items);
    cursor = page.nextCursor;
  }
  // A page ends between two edits that would be one otherwise.
  expect(words(paged)).toEqual([...words(all.items).slice(0, 4), 'Ada edits 1 pipeline.setMeta null', 'Ada edits 1 step.setField fit', 'Ada created']);
  expect(await call(server, '/api/drafts/nobody/activity')).toMatchObject({ status: 404 });
});
