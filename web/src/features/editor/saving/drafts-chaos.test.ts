// @vitest-environment node
import 'fake-indexeddb/auto';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { dose } from '@pipewright/shared/testing/dose.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ChaosPerson } from '../testing/chaos-person.ts';
import { isMarked } from '../testing/edit-ledger.ts';
import { anyIntent, opsOf } from '../testing/edits-at-random.ts';
import { type RealServer, startRealServer } from '../testing/real-server.ts';

let server: RealServer;
const atOwnAddress = globalThis.fetch;

beforeAll(async () => {
  server = await startRealServer();
  // A page asks its own address; here there is none.
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => atOwnAddress(new URL(path, server.url), init));
}, 120_000);
afterAll(async () => {
  vi.unstubAllGlobals();
  await server[Symbol.asyncDispose]();
}, 60_000);

async function createDraft(): Promise<string> {
  const response = await fetch('/api/drafts', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"name":"Chaos"}' });
  return Draft.parse(await response.json()).id;
}

const readDraft = async (id: string): Promise<Draft> => Draft.parse(await (await fetch(`/api/drafts/${id}`)).json());

/** What may happen next: `who` of two people, in `which` of their windows. */
const anyEvent = fc.record({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constant('edit' as const) },
    { weight: 10, arbitrary: fc.constant('mark' as const) },
    { weight: 4, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
    { weight: 6, arbitrary: fc.constant('flush' as const) },
    { weight: 3, arbitrary: fc.constant('keep' as const) },
    { weight: 3, arbitrary: fc.constant('lose an answer' as const) },
    { weight: 2, arbitrary: fc.constantFrom('cut' as const, 'mend' as const) },
    { weight: 2, arbitrary: fc.constantFrom('open a window' as const, 'crash a window' as const, 'close and open' as const) },
    { weight: 1, arbitrary: fc.constant('come back' as const) },
  ),
  who: fc.nat(1),
  which: fc.nat(2),
  kind: fc.constantFrom('input' as const, 'step' as const, 'note' as const),
  intent: anyIntent,
});
type Event = typeof anyEvent extends fc.Arbitrary<infer T> ? T : never;

async function happen({ what, which, kind, intent }: Event, person: ChaosPerson): Promise<void> {
  const window = person.at(which);
  if (what === 'open a window' || !window) return person.windows.length < 3 ? await person.open() : undefined;
  const { store, saver, lookAround } = window.session;
  switch (what) {
    case 'edit': {
      const { content, edit } = store.getState();
      const ops = opsOf(content, intent);
      // What is marked is removed by who made it only.
      if (!ops.some((op) => op.op === 'step.remove' && isMarked(content, op.step))) edit(ops, { label: intent.kind });
      return;
    }
    case 'mark':
      return window.mark(kind);
    case 'undo':
    case 'redo':
      return window.travel(what);
    case 'flush':
      return void (await saver.flush());
    case 'keep':
      return await window.keep();
    case 'lose an answer':
      window.answersToLose += 1;
      return;
    case 'cut':
      return window.cut();
    case 'mend':
      return window.mend();
    case 'crash a window':
      return person.crash(which);
    case 'close and open': {
      const opening = person.open();
      saver.sendLastWords();
      person.crash(which);
      return await opening;
    }
    case 'come back':
      return lookAround();
  }
}

/** Both have nothing left that is not on the server, and see what it holds; nobody misses anything. */
async function expectAgreement(people: readonly ChaosPerson[], draftId: string): Promise<void> {
  const windows = people.flatMap((person) => person.windows);
  for (const { session } of windows) {
    expect(await session.saver.flush()).toMatchObject({ ok: true });
    expect(session.saver.view.getState().status).not.toBe('offline');
  }
  const { revision, document, layout, text } = await readDraft(draftId);
  for (const { name, session } of windows) {
    expect([name, session.saver.view.getState().revision]).toEqual([name, revision]);
    expect(session.store.getState().content).toEqual({ document, layout, ...(text === undefined ? {} : { text }) });
  }
  for (const { ledger } of people) expect(ledger.contradictions({ document, layout })).toEqual([]);
}

/** In the end everything works again, and each looks at the draft once more: in a window that was there, or in a new one. */
async function comeTogether(people: readonly ChaosPerson[], draftId: string): Promise<void> {
  for (const person of people) {
    if (person.windows.length === 0) await person.open();
    for (const window of person.windows) {
      window.answersToLose = 0;
      window.mend();
      window.session.lookAround();
    }
  }
  await vi.waitFor(async () => await expectAgreement(people, draftId), { timeout: 60_000, interval: 50 });
}

it('two people, their windows and the server end with the same draft, and every edit that was acknowledged is in it once', { timeout: 1_800_000 }, async () => {
  const { numRuns, seed } = dose(2);
  const chaos = fc.asyncProperty(fc.array(anyEvent, { minLength: 40, maxLength: 90 }), fc.nat(39), async (events, fatal) => {
    const draftId = await createDraft();
    const people = [new ChaosPerson('ada', server, draftId), new ChaosPerson('bob', server, draftId)] as const;
    for (const person of people) await person.open();
    let restarted: Promise<void> = Promise.resolve();
    for (const [at, event] of events.entries()) {
      if (at === fatal) restarted = server.crash();
      await happen(event, people[event.who === 0 ? 0 : 1]);
      await new Promise(setImmediate);
    }
    await restarted;
    try {
      await comeTogether(people, draftId);
    } finally {
      for (const { windows } of people) for (const window of windows) window.crash();
    }
  });
  await fc.assert(chaos, { seed, numRuns: Math.min(numRuns, 80), endOnFailure: true });
});
