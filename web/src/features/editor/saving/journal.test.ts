import 'fake-indexeddb/auto';
import { afterEach, expect, it, vi } from 'vitest';
import { createIdbJournal, type JournalRecord } from './journal.ts';

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

/** Locks that nobody lets go of: as those of open windows, and for a while those of a page that was left. */
const neverReleased = {
  request: async (_name: string, ...rest: unknown[]): Promise<unknown> => {
    const use = rest.at(-1);
    if (typeof use !== 'function') throw new TypeError('expected what to do with the lock');
    return rest.length > 1 ? (use(null) as unknown) : await new Promise(() => {});
  },
};

afterEach(() => vi.unstubAllGlobals());

it('finds what the page before a reload has left, though its lock is not gone yet, and not what other windows hold', async () => {
  vi.stubGlobal('navigator', { locks: neverReleased });
  const journal = createIdbJournal();
  const claim = journal.claim('draft', 'this tab');
  claim.markLeft(true);
  await journal.write(record('this tab'));
  await journal.write(record('another window'));
  expect((await journal.orphansOf('draft')).map(({ clientId }) => clientId)).toEqual(['this tab']);
  // Back from the cache of pages: it is alive again.
  claim.markLeft(false);
  expect(await journal.orphansOf('draft')).toEqual([]);
});

it('puts a record in the place of others in one transaction, and where that fails they stay', async () => {
  const journal = createIdbJournal();
  await journal.write(record('gone'));
  const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await journal.write(record('ours'), ['gone']);
  expect(begin).toHaveBeenCalledTimes(1);
  begin.mockRestore();
  const left = async () => (await journal.orphansOf('draft')).map(({ clientId }) => clientId);
  expect(await left()).not.toContain('gone');
  expect(await left()).toContain('ours');
  const unwritable = { ...record('next'), unreadText: { text: 'half', base: '', toString: () => '' } };
  await expect(journal.write(unwritable, ['ours'])).rejects.toThrow();
  expect(await left()).toContain('ours');
});

it('reads what was written before it was told when edits were made and what was taken back', async () => {
  const journal = createIdbJournal();
  const entry = { label: 'Move', gesture: null, ops: [], inverse: [] };
  const { redo: _, review: __, ...older } = { ...record('older'), history: [entry] };
  // As an earlier version of the page wrote it.
  await journal.write(older as unknown as JournalRecord);
  expect((await journal.orphansOf('draft')).find(({ clientId }) => clientId === 'older')).toMatchObject({ history: [{ ...entry, at: null }], redo: [] });
});
