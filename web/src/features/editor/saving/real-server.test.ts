// @vitest-environment node
import 'fake-indexeddb/auto';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createSocket, type PageSocket } from '../../../realtime/socket.ts';
import { watchDraft } from '../../../realtime/watch-draft.ts';
import { anyIntent, opsOf } from '../testing/edits-at-random.ts';
import { type RealServer, startRealServer } from '../testing/real-server.ts';
import type { DraftTransport } from './draft-transport.ts';
import { createHttpDraftTransport } from './http-draft-transport.ts';
import { createIdbJournal } from './journal.ts';
import { type DraftSession, openDraft } from './open-draft.ts';

let server: RealServer;
const sockets: PageSocket[] = [];
const atOwnAddress = globalThis.fetch;

beforeAll(async () => {
  server = await startRealServer();
  // A page asks its own address; here there is none.
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => atOwnAddress(new URL(path, server.url), init));
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.close();
  vi.unstubAllGlobals();
  await server[Symbol.asyncDispose]();
}, 60_000);

async function createDraft(): Promise<string> {
  const response = await fetch('/api/drafts', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"name":"Two windows"}' });
  return Draft.parse(await response.json()).id;
}

/** A line that loses every third answer after the server has taken what was sent. */
function losesAnswers(transport: DraftTransport): DraftTransport {
  let count = 0;
  return {
    ...transport,
    send: async (ops) => {
      const answer = await transport.send(ops);
      count += 1;
      return count % 3 === 0 ? { kind: 'unreachable' } : answer;
    },
  };
}

async function openWindow(draftId: string, clientId: string): Promise<DraftSession> {
  const session = await openDraft({ draftId, clientId, transport: losesAnswers(createHttpDraftTransport(draftId)), journal: createIdbJournal() });
  const socket = createSocket(server.url);
  sockets.push(socket);
  watchDraft(socket, {
    draftId,
    afterRevision: session.saver.view.getState().revision,
    deliver: (edits) => session.saver.receive(edits),
    onLost: () => void session.saver.resync(),
  });
  return session;
}

it('two windows and the server end with the same draft, though answers get lost', { timeout: 120_000 }, async () => {
  const draftId = await createDraft();
  const windows = [await openWindow(draftId, 'one'), await openWindow(draftId, 'two')] as const;
  const intents = fc.sample(fc.tuple(fc.nat(1), anyIntent), { numRuns: 80, seed: 7 });
  for (const [who, intent] of intents) {
    const { store, saver } = windows[who === 0 ? 0 : 1];
    store.getState().edit(opsOf(store.getState().content, intent), { label: intent.kind });
    // Every other edit leaves at once, so that requests of both cross each other.
    if (intent.value % 2 === 0) void saver.flush();
    await new Promise(setImmediate);
  }
  const settled = async (): Promise<Draft> => {
    // What a window shows says nothing of what waits while something is to be reviewed; a flush does.
    for (const { saver } of windows) expect(await saver.flush()).toMatchObject({ ok: true });
    const draft = Draft.parse(await (await fetch(`/api/drafts/${draftId}`)).json());
    for (const { saver } of windows) expect(saver.view.getState().revision).toBe(draft.revision);
    return draft;
  };
  const { document, layout } = await vi.waitFor(settled, { timeout: 60_000, interval: 100 });
  for (const { store, saver } of windows) {
    expect(store.getState().content).toEqual({ document, layout });
    saver[Symbol.dispose]();
  }
  expect(Object.keys(document.jobs).length).toBeGreaterThan(0);
});
