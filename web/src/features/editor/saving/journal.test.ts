import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { FakeLocks } from '../testing/fake-locks.ts';
import { createIdbJournal, type Journal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';

const record = (clientId: string): JournalRecord => ({
  draftId: 'draft',
  clientId,
  revision: 0,
  inFlight: null,
  pending: [],
  pendingId: `${clientId} next`,
  history: [],
  redo: [],
  review: null,
  unreadText: { text: 'half', base: '' },
  writtenAt: 0,
});

let locks: FakeLocks;
let database: string;
beforeEach(() => {
  locks = new FakeLocks();
  database = crypto.randomUUID();
});

const windowOf = (name: string): Journal => createIdbJournal({ database, locks: locks.ofWindow(name) });
const leftTo = async (journal: Journal): Promise<string[]> => (await journal.takeLeft('draft', 'me')).estates.map((estate) => estate.record.clientId);

it('finds what the page before a reload has left, though its lock goes only now, and not what other windows hold', async () => {
  const [page, other, next] = ['page', 'other', 'next'].map(windowOf) as [Journal, Journal, Journal];
  page.claim('draft', 'page').markLeft(true);
  other.claim('draft', 'other');
  await page.write(record('page'));
  await other.write(record('other'));
  const found = next.takeLeft('draft', 'me');
  await vi.waitFor(() => expect(locks.waitingFor('page')).toBe(1));
  locks.end('page');
  const { estates, others } = await found;
  expect((await other.takeLeft('draft', 'other')).others).not.toContain('other');
  expect(estates.map((estate) => estate.record.clientId)).toEqual(['page']);
  expect(others).toEqual(['other']);
});

it('gives what was left to one of two windows that open at once, and to the next when that one is gone', async () => {
  await windowOf('gone').write(record('gone'));
  const [one, two] = ['one', 'two'].map(windowOf) as [Journal, Journal];
  const taken = await Promise.all([one.takeLeft('draft', 'me'), two.takeLeft('draft', 'me')]);
  expect(taken.map(({ estates }) => estates.length).toSorted((a, b) => a - b)).toEqual([0, 1]);
  // Whoever has it dies before its own record is written.
  locks.end(taken[0].estates.length > 0 ? 'one' : 'two');
  expect(await leftTo(windowOf('third'))).toEqual(['gone']);
});

it('hands over what a window leaves that was open still when the next one came', async () => {
  const [old, next] = ['old', 'next'].map(windowOf) as [Journal, Journal];
  const claim = old.claim('draft', 'old');
  const { estates, others } = await next.takeLeft('draft', 'me');
  expect(estates).toEqual([]);
  const estate = next.takeWhenGone('draft', others[0] ?? '', new AbortController().signal);
  await old.write(record('old'));
  claim.release();
  expect(await estate).toMatchObject({ record: { clientId: 'old' } });
});

it('waits no longer than somebody wants it', async () => {
  const [old, next] = ['old', 'next'].map(windowOf) as [Journal, Journal];
  old.claim('draft', 'old');
  const ending = new AbortController();
  const estate = next.takeWhenGone('draft', 'old', ending.signal);
  ending.abort();
  expect(await estate).toBeNull();
});

it('puts a record in the place of others in one transaction, and where that fails they stay', async () => {
  const journal = windowOf('ours');
  await journal.write(record('gone'));
  const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await journal.write(record('ours'), ['gone']);
  expect(begin).toHaveBeenCalledTimes(1);
  begin.mockRestore();
  const unwritable = { ...record('next'), unreadText: { text: 'half', base: '', toString: () => '' } };
  await expect(journal.write(unwritable, ['ours'])).rejects.toThrow();
  // Nor does what was to stay of another one take the place of the whole of it.
  const rest = { ...record('ours'), pending: [] };
  await expect(journal.write(unwritable, ['ours'], [rest])).rejects.toThrow();
  const { estates } = await journal.takeLeft('draft', 'next');
  expect(estates.map((estate) => [estate.record.clientId, estate.record.pending])).toEqual([['ours', record('ours').pending]]);
  for (const { release } of estates) release();
  await journal.write(record('next'), ['ours'], [rest]);
  expect((await leftTo(journal)).toSorted()).toEqual(['next', 'ours']);
});

it('reads what was written before it was told when edits were made and what was taken back', async () => {
  const journal = windowOf('next');
  const entry = { label: 'Move', gesture: null, ops: [], inverse: [] };
  const { redo: _, review: __, ...older } = { ...record('older'), history: [entry] };
  // As an earlier version of the page wrote it.
  await journal.write(older as unknown as JournalRecord);
  const { estates } = await journal.takeLeft('draft', 'me');
  expect(estates).toMatchObject([{ record: { history: [{ ...entry, at: null }], redo: [] } }]);
});

it('says so where the database does not open, and tries again the next time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const open = vi.spyOn(IDBFactory.prototype, 'open').mockReturnValueOnce(new IDBOpenDBRequest());
  const journal = windowOf('ours');
  const failure = journal.write(record('ours')).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(3000);
  expect(String(await failure)).toContain('does not open');
  vi.useRealTimers();
  await journal.write(record('ours'));
  expect(open).toHaveBeenCalledTimes(2);
  open.mockRestore();
});
