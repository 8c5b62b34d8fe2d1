import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeDraftServer } from '../testing/fake-draft-server.ts';
import { emptyContent } from '../testing/edits-at-random.ts';
import type { PageSocket } from '../../../realtime/socket.ts';
import { createIdbJournal } from './journal.ts';
import { followDraft } from './follow-draft.ts';
import { openDraft } from './open-draft.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

it('does not ask again and again at once where the server refuses to tell what comes after the draft that it gives', async () => {
  vi.stubGlobal('indexedDB', undefined);
  const server = new FakeDraftServer(emptyContent);
  let reads = 0;
  const transport = {
    ...server.transport(),
    fetchDraft: async () => {
      reads += 1;
      return server.draft();
    },
  };
  const session = await openDraft({ draftId: 'draft', clientId: 'window', transport, journal: createIdbJournal() });
  const refusal = { ok: false, error: 'internal' };
  // The only parts of it that are used: a whole socket needs a server that is broken in this way.
  const socket = { connected: true, on: vi.fn(), off: vi.fn(), emit: vi.fn(), timeout: () => ({ emitWithAck: async () => refusal }) };
  followDraft({ saver: session.saver, draftId: 'draft' }, socket as unknown as PageSocket);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads).toBeGreaterThan(2);
  expect(reads).toBeLessThan(12);
  session.saver[Symbol.dispose]();
  vi.unstubAllGlobals();
});
