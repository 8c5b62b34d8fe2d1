import 'fake-indexeddb/auto';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emptyContent } from '../testing/edits-at-random.ts';
import { FakeDraftServer } from '../testing/fake-draft-server.ts';
import { FakeLocks } from '../testing/fake-locks.ts';
import type { SendResult } from './draft-transport.ts';
import { createIdbJournal } from './journal.ts';
import { takeEstate } from './late-heir.ts';
import { type DraftSession, openDraft } from './open-draft.ts';

let server: FakeDraftServer;
let locks: FakeLocks;
let database: string;
/** Windows that reach the server no more. */
const cut = new Set<string>();
const sessions = new Map<string, DraftSession>();

beforeEach(() => {
  server = new FakeDraftServer(emptyContent);
  locks = new FakeLocks();
  database = crypto.randomUUID();
  cut.clear();
});
afterEach(() => {
  for (const { saver } of sessions.values()) saver[Symbol.dispose]();
  sessions.clear();
});

async function open(name: string): Promise<DraftSession> {
  const line = server.transport();
  const send: typeof line.send = async (ops): Promise<SendResult> => (cut.has(name) ? { kind: 'unreachable' } : await line.send(ops));
  const journal = createIdbJournal({ database, locks: locks.ofWindow(name) });
  const session = await openDraft({ draftId: 'draft', clientId: name, transport: { ...line, send }, journal });
  server.listen((edit) => session.saver.signal.aborted || session.saver.receive([edit]));
  sessions.set(name, session);
  return session;
}

/** Everything of it stops, and the browser lets go of what it held. */
function crash(name: string): void {
  const session = sessions.get(name);
  cut.add(name);
  session?.saver[Symbol.dispose]();
  locks.end(name);
}

const set = (field: string, value: string): DraftOp => ({ op: 'pipeline.setMeta', field, value });
const edit = ({ store }: DraftSession, field: string, value: string): void => void store.getState().edit([set(field, value)], { label: `Set ${field}` });

it('can undo what was done in a tab that is closed a moment after the next one was opened', async () => {
  const old = await open('old');
  const next = await open('next');
  edit(old, 'description', 'old');
  expect(await old.saver.flush()).toMatchObject({ ok: true });
  await old.saver.keep();
  crash('old');
  await vi.waitFor(() => expect(next.store.getState().undoEntries).toMatchObject([{ label: 'Set description', gesture: null }]));
  expect(next.store.getState().undo()).toBe('Set description');
  expect(next.store.getState().content.document.description).toBeUndefined();
});

it('brings what such a tab could not, and what was done here meanwhile stays the last to be undone', async () => {
  const old = await open('old');
  cut.add('old');
  const next = await open('next');
  edit(old, 'description', 'old');
  await old.saver.keep();
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(old.store.getState().undoEntries[0]?.at ?? 0));
  edit(next, 'experiment_name', 'next');
  await next.saver.flush();
  crash('old');
  await vi.waitFor(() => expect(next.store.getState().undoEntries.map(({ label }) => label)).toEqual(['Set description', 'Set experiment_name']));
  expect(server.content.document).toMatchObject({ description: 'old', experiment_name: 'next' });
  expect(next.store.getState().content).toEqual(server.content);
});

it('takes in what was left once, whichever of two windows that open at the same moment', async () => {
  const gone = await open('gone');
  gone.store.getState().setUnreadText({ text: 'half', base: '' });
  edit(gone, 'description', 'gone');
  await gone.saver.flush();
  await gone.saver.keep();
  crash('gone');
  const both = await Promise.all([open('one'), open('two')]);
  const counts = both.map(({ store }) => store.getState().undoEntries.length);
  expect(counts.toSorted((a, b) => a - b)).toEqual([0, 1]);
  expect(both.filter(({ store }) => store.getState().unreadText !== null)).toHaveLength(1);
  // The one that has it goes as well: then the other one has it, if it did not wait for it when somebody looks there.
  const [holder, heir] = counts[0] === 1 ? (['one', both[1]] as const) : (['two', both[0]] as const);
  crash(holder);
  heir.lookAround();
  await vi.waitFor(() => expect(heir.store.getState()).toMatchObject({ undoEntries: [{ label: 'Set description' }], unreadText: { text: 'half' } }));
});

it('brings what a window left that was opened later, when somebody comes back to this one', async () => {
  const first = await open('first');
  const second = await open('second');
  cut.add('second');
  edit(second, 'description', 'second');
  await second.saver.keep();
  crash('second');
  first.lookAround();
  await vi.waitFor(() => expect(first.store.getState().content.document.description).toBe('second'));
  expect(first.store.getState().content).toEqual(server.content);
});

it('says that edits are not on the server while what another window left cannot be brought there, and tries again', async () => {
  const gone = await open('gone');
  cut.add('gone');
  edit(gone, 'description', 'gone');
  await gone.saver.keep();
  crash('gone');
  cut.add('next');
  const next = await open('next');
  const status = () => next.saver.view.getState().status;
  await vi.waitFor(() => expect(status()).toBe('offline'));
  cut.delete('next');
  await vi.waitFor(() => expect(status()).toBe('saved'), { timeout: 5000 });
  expect(next.store.getState().content.document.description).toBe('gone');
  expect(next.store.getState().undo()).toBe('Set description');
});

it('keeps what was to be looked at in each of several windows', async () => {
  server.save({
    clientId: 'they',
    mutationId: 'add',
    ops: ['a', 'b'].map((step) => ({ op: 'step.add', step, value: { command: 'true', inputs: {}, outputs: {} } })),
    revision: 0,
  });
  const windows = [await open('one'), await open('two')];
  for (const [at, step] of ['a', 'b'].entries()) {
    cut.add(at === 0 ? 'one' : 'two');
    windows[at]?.store.getState().edit([{ op: 'step.setInput', step, input: 'x', value: at }], { label: 'Set x' });
    await windows[at]?.saver.keep();
  }
  const removed = ['a', 'b'].map((step) => ({ op: 'step.remove' as const, step }));
  server.save({ clientId: 'they', mutationId: 'remove', ops: removed, revision: server.revision });
  await Promise.all(windows.map(async ({ saver }) => await saver.keep()));
  for (const name of ['one', 'two']) crash(name);
  const next = await open('next');
  expect(
    next.saver.view
      .getState()
      .review?.lost.map(({ op }) => 'step' in op && op.step)
      .toSorted(),
  ).toEqual(['a', 'b']);
  await next.saver.keep();
  crash('next');
  expect((await open('last')).saver.view.getState().review?.lost).toHaveLength(2);
});

it('lets go of what it waited to take in when it is closed meanwhile: the next one that opens has it', async () => {
  const gone = await open('gone');
  edit(gone, 'description', 'gone');
  await gone.saver.flush();
  await gone.saver.keep();
  crash('gone');
  const { estates } = await createIdbJournal({ database, locks: locks.ofWindow('heir') }).takeLeft('draft', 'heir');
  const [estate] = estates;
  if (!estate) throw new Error('expected something to be left');
  const heir = await open('heir');
  heir.saver[Symbol.dispose]();
  const journal = createIdbJournal({ database, locks: locks.ofWindow('heir') });
  await takeEstate({ ...estate, record: { ...estate.record, revision: 99 } }, { ...heir, clientId: 'heir', transport: server.transport(), journal });
  const next = await open('next');
  expect(next.store.getState().undoEntries).toMatchObject([{ label: 'Set description' }]);
});

it('keeps on the device a text that nobody has read while another one stands in the editor', async () => {
  for (const name of ['one', 'two']) {
    const window = await open(name);
    window.store.getState().setUnreadText({ text: `half ${name}`, base: '' });
    edit(window, 'experiment_name', name);
    await window.saver.flush();
    await window.saver.keep();
  }
  crash('one');
  crash('two');
  const next = await open('next');
  await next.saver.keep();
  expect(next.store.getState().unreadText).toMatchObject({ text: 'half two' });
  expect(next.store.getState().undoEntries).toHaveLength(2);
  // It was read: now there is room for the other one, and nothing comes twice.
  next.store.getState().setUnreadText(null);
  next.lookAround();
  await vi.waitFor(() => expect(next.store.getState().unreadText).toMatchObject({ text: 'half one' }));
  expect(next.store.getState().undoEntries).toHaveLength(2);
});
