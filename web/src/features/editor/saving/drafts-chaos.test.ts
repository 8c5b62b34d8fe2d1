// @vitest-environment node
import 'fake-indexeddb/auto';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { dose } from '@pipewright/shared/testing/dose.ts';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { ChaosPerson } from '../testing/chaos-person.ts';
import { isMarked } from '../testing/edit-ledger.ts';
import { anyIntent, opsOf } from '../testing/edits-at-random.ts';
import { pageAtRealServer, post } from '../testing/real-server.ts';

const server = pageAtRealServer();

async function createDraft(): Promise<string> {
  return Draft.parse(await (await post('/drafts', { document: { type: 'pipeline', display_name: 'Chaos', jobs: {} } })).json()).id;
}

const readDraft = async (id: string): Promise<Draft> => Draft.parse(await (await fetch(`/api/drafts/${id}`)).json());

/** What may happen next: `who` of two people, in `which` of their windows. */
const anyEvent = fc.record({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constant('edit' as const) },
    { weight: 10, arbitrary: fc.constant('mark' as const) },
    { weight: 4, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
    { weight: 6, arbitrary: fc.constantFrom('send' as const, 'flush' as const) },
    { weight: 3, arbitrary: fc.constant('keep' as const) },
    { weight: 4, arbitrary: fc.constant('lose an answer' as const) },
    { weight: 3, arbitrary: fc.constantFrom('cut' as const, 'mend' as const) },
    { weight: 4, arbitrary: fc.constantFrom('open a window' as const, 'open two at once' as const, 'crash a window' as const, 'close and open' as const) },
    { weight: 2, arbitrary: fc.constantFrom('come back' as const, 'read anew' as const) },
  ),
  who: fc.nat(1),
  which: fc.nat(2),
  /** What is done twice is seen in a step only. */
  kind: fc.constantFrom('step' as const, 'step' as const, 'input' as const, 'note' as const),
  intent: anyIntent,
});
type Event = typeof anyEvent extends fc.Arbitrary<infer T> ? T : never;

const mostWindows = 3;

async function happen({ what, which, kind, intent }: Event, person: ChaosPerson): Promise<void> {
  const window = person.at(which);
  if (!window || what === 'open a window' || what === 'open two at once') {
    const count = Math.min(what === 'open two at once' ? 2 : 1, mostWindows - person.windows.length);
    await Promise.all(Array.from({ length: count }, async () => await person.open()));
    return;
  }
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
    case 'send':
      return void saver.flush();
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
    case 'read anew':
      // As when the socket says that edits in between are no longer kept.
      return void saver.resync();
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
  for (const person of people) {
    expect(person.ledger.contradictions({ document, layout })).toEqual([]);
    expectHistories(person);
  }
}

/** What stands can be undone, in one window: who is gone has left it to one of those that are there. */
function expectHistories({ windows, ledger }: ChaosPerson): void {
  const histories = windows.map(({ session }) => session.store.getState()).map(({ undoEntries, redoEntries }) => [...undoEntries, ...redoEntries]);
  const marks = histories.flat().flatMap(({ label }) => (label.startsWith('mark_') ? [label] : []));
  expect(marks.filter((mark, at) => marks.indexOf(mark) !== at)).toEqual([]);
  expect(ledger.standing.filter((mark) => !marks.includes(mark))).toEqual([]);
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
  await vi.waitFor(async () => await expectAgreement(people, draftId), { timeout: 30_000, interval: 50 });
}

it('two people, their windows and the server end with the same draft, and every edit that was acknowledged is in it once', { timeout: 1_800_000 }, async () => {
  const { numRuns, seed } = dose(2);
  const chaos = fc.asyncProperty(fc.array(anyEvent, { minLength: 40, maxLength: 90 }), fc.nat(39), async (events, fatal) => {
    const draftId = await createDraft();
    const people = [new ChaosPerson('ada', server(), draftId), new ChaosPerson('bob', server(), draftId)] as const;
    for (const person of people) await person.open();
    let restarted: Promise<void> = Promise.resolve();
    for (const [at, event] of events.entries()) {
      if (at === fatal) restarted = server().crash();
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
