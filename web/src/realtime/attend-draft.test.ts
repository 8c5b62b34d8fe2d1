// @vitest-environment node
import { expect, it, vi } from 'vitest';
import { startTestBackend } from '../testing/test-backend.ts';
import { attendDraft } from './attend-draft.ts';

it('says where it is, the last of many moves too, and again after a reconnect; others are heard without itself', async () => {
  const backend = await startTestBackend();
  const said: unknown[] = [];
  backend.sockets.on('connection', (client) => {
    void client.join('draft:d');
    client.on('present', (message) => said.push(message));
    client.on('unwatch', (message) => said.push(message));
  });
  const socket = await backend.connect();
  const deliver = vi.fn();
  const attendance = attendDraft(socket, { draftId: 'd', window: 'mine', deliver });
  for (const step of ['a', 'b', 'c', 'd']) attendance.show({ name: 'Ada', steps: [step] });
  const last = { room: 'draft:d', window: 'mine', name: 'Ada', steps: ['d'] };
  await vi.waitFor(() => expect(said).toEqual([{ ...last, steps: ['a'] }, last]));
  for (const connection of backend.sockets.sockets.sockets.values()) connection.conn.close();
  await vi.waitFor(() => expect(said).toEqual([{ ...last, steps: ['a'] }, last, last]));
  const windows = ['mine', 'other'].map((window) => ({ window, name: 'Ada', steps: [] }));
  backend.sockets.to('draft:d').emit('presence:changed', { room: 'draft:d', windows });
  await vi.waitFor(() => expect(deliver).toHaveBeenCalledWith([windows[1]]));
  attendance.leave();
  await vi.waitFor(() => expect(said.at(-1)).toEqual({ room: 'draft:d' }));
  expect(socket.listeners('presence:changed')).toEqual([]);
});
