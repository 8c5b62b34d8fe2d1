import { io } from 'socket.io-client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommentThread } from '@pipewright/shared/http/comments.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { pageOf } from '@pipewright/shared/http/page.ts';
import { call } from '../../testing/api.ts';
import { sharedTestServer } from '../../testing/test-server.ts';

const server = sharedTestServer();
const grace = { 'Pipewright-Name': 'Grace' };

async function makeDraft(): Promise<string> {
  const document = { type: 'pipeline', jobs: { train: { command: 'true' }, score: { command: 'true' } } };
  return Draft.parse((await call(server(), '/api/drafts', { body: { document } })).body).id;
}
const start = async (draft: string, body: unknown, headers = {}) =>
  CommentThread.parse((await call(server(), `/api/drafts/${draft}/comments`, { body, headers })).body);
const list = async (draft: string) => pageOf(CommentThread).parse((await call(server(), `/api/drafts/${draft}/comments`)).body).items;
const edit = async (draft: string, revision: number, ops: readonly unknown[]) =>
  await call(server(), `/api/drafts/${draft}/ops`, { body: { clientId: 'c', mutationId: `m${revision}`, ops }, headers: { 'If-Match': `"${revision}"` } });

describe('comments of a draft', () => {
  it('are made on a step or the pipeline, answered, resolved, and leave the draft as it is', async () => {
    const draft = await makeDraft();
    const thread = await start(draft, { step: 'train', text: ' Why not after @score, @nobody? ' }, grace);
    expect(thread).toMatchObject({ step: 'train', resolved: null, messages: [{ by: 'Grace', text: 'Why not after @score, @nobody?', mentions: ['score'] }] });
    await start(draft, { text: 'Of all of it' });
    const path = `/api/drafts/${draft}/comments/${thread.id}`;
    expect(await call(server(), `${path}/messages`, { body: { text: 'Done' } })).toMatchObject({
      status: 201,
      body: { messages: [{ by: 'Grace' }, { by: 'Ada', text: 'Done' }] },
    });
    expect(await call(server(), path, { method: 'PATCH', body: { isResolved: true } })).toMatchObject({ body: { resolved: { by: 'Ada' } } });
    expect((await call(server(), `/api/drafts/${draft}/comments?state=open`)).body).toMatchObject({ items: [{ step: null }] });
    expect(await call(server(), path, { method: 'PATCH', body: { isResolved: false } })).toMatchObject({ body: { resolved: null } });
    expect(await call(server(), `/api/drafts/${draft}`)).toMatchObject({ body: { revision: 1 } });
  });

  it('are changed and deleted by who wrote them, and by nobody else', async () => {
    const draft = await makeDraft();
    const { id, messages } = await start(draft, { text: 'Mine' });
    const path = `/api/drafts/${draft}/comments/${id}/messages/${messages[0]?.id}`;
    for (const method of ['PATCH', 'DELETE'])
      expect(await call(server(), path, { method, headers: grace, ...(method === 'PATCH' ? { body: { text: 'x' } } : {}) })).toMatchObject({
        status: 403,
        body: { code: 'not-your-comment', title: 'Ada said this' },
      });
    const reworded = await call(server(), path, { method: 'PATCH', body: { text: 'Mine, about @train' } });
    expect(reworded).toMatchObject({ body: { messages: [{ text: 'Mine, about @train', mentions: ['train'], editedAt: expect.any(String) }] } });
    expect(await call(server(), path, { method: 'DELETE' })).toMatchObject({ status: 200, body: { thread: null } });
    expect(await list(draft)).toEqual([]);
    expect(await call(server(), path, { method: 'DELETE' })).toMatchObject({ status: 404 });
  });

  it('are refused in words', async () => {
    const draft = await makeDraft();
    expect(await call(server(), `/api/drafts/${draft}/comments`, { body: { step: 'gone', text: 'x' } })).toMatchObject({
      status: 422,
      body: { code: 'unknown-step' },
    });
    expect(await call(server(), `/api/drafts/${draft}/comments`, { body: { text: '  ' } })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(await call(server(), '/api/drafts/nobody/comments', { body: { text: 'x' } })).toMatchObject({ status: 404 });
    expect(await call(server(), `/api/drafts/${draft}/comments/none`, { method: 'PATCH', body: { isResolved: true } })).toMatchObject({ status: 404 });
    expect(await call(server(), '/api/drafts/nobody/comments')).toMatchObject({ status: 404 });
  });

  it('follow a step that gets another key, and are told of to the room of the draft', async () => {
    const draft = await makeDraft();
    const socket = io(server().url, { transports: ['websocket'], forceNew: true });
    onTestFinished(() => void socket.close());
    let told = 0;
    socket.on('comments:changed', ({ draftId }: { draftId: string }) => draftId === draft && (told += 1));
    await socket.emitWithAck('watch', { room: `draft:${draft}`, after: 1 });
    await start(draft, { step: 'train', text: 'Before @train' });
    await expect.poll(() => told).toBe(1);
    await edit(draft, 1, [{ op: 'step.rename', step: 'train', to: 'fit' }]);
    await expect.poll(() => told).toBe(2);
    expect(await list(draft)).toMatchObject([{ step: 'fit', messages: [{ text: 'Before @fit' }] }]);
    // What is removed is said to be gone by the page, which knows; it comes back with the step.
    await edit(draft, 2, [{ op: 'step.remove', step: 'fit' }]);
    expect(await list(draft)).toMatchObject([{ step: 'fit', messages: [{ mentions: ['fit'] }] }]);
  });

  it('are out of reach while the draft is deleted, and come back with it', async () => {
    const draft = await makeDraft();
    await start(draft, { text: 'Kept' });
    await call(server(), `/api/drafts/${draft}`, { method: 'DELETE' });
    expect(await call(server(), `/api/drafts/${draft}/comments`)).toMatchObject({ status: 404 });
    await call(server(), `/api/drafts/${draft}/restore`, { method: 'POST' });
    expect(await list(draft)).toMatchObject([{ messages: [{ text: 'Kept' }] }]);
  });
});
