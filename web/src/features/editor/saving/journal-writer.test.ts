import { expect, it } from 'vitest';
import type { Journal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import { JournalWriter } from './journal-writer.ts';

const recordOf = (clientId: string): JournalRecord => ({
  draftId: 'draft',
  clientId,
  revision: 0,
  inFlight: null,
  pending: [{ op: 'pipeline.setMeta', field: 'description', value: clientId }],
  pendingId: `${clientId} next`,
  history: [],
  redo: [],
  review: null,
  unreadText: null,
  writtenAt: 0,
});

/** A device that does what it is asked when it is let, in the order in which it was asked. */
function slowDevice() {
  const kept = new Map<string, JournalRecord>();
  const asked: (() => void)[] = [];
  const next = async (): Promise<void> => await new Promise((resolve) => asked.push(resolve));
  let isFull = false;
  const journal: Journal = {
    write: async (record, replaced = []) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      await next();
      for (const clientId of replaced) kept.delete(clientId);
      kept.set(record.clientId, record);
    },
    remove: async (_, clientId) => void kept.delete(clientId),
    takeLeft: async () => ({ estates: [], others: [] }),
    takeWhenGone: async () => null,
    canTellWindows: false,
    claim: () => ({ release: () => {}, markLeft: () => {} }),
  };
  return { journal, kept, asked, fill: (full: boolean) => (isFull = full) };
}

/** Everything that can go on without the device has gone on. */
const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

it('leaves a record away that was replaced while the edits of another were taken out', async () => {
  const { journal, kept, asked, fill } = slowDevice();
  const gone = ['a', 'b'].map(recordOf);
  for (const record of gone) kept.set(record.clientId, record);
  const writer = new JournalWriter(journal, () => ({ ...recordOf('ours'), pending: [] }));
  fill(true);
  writer.replace(gone.map((record) => ({ estate: { record, release: () => {} }, rest: null })));
  await writer.flush();
  fill(false);
  const taken = writer.takeEditsOut(gone);
  await settled();
  // There is room again, and ours takes the place of both, while the first of them is being written.
  const flushed = writer.flush();
  expect(asked).toHaveLength(2);
  asked[0]?.();
  await settled();
  asked[1]?.();
  await flushed;
  await settled();
  for (const go of asked) go();
  await taken;
  writer[Symbol.dispose]();
  expect([...kept.keys()]).toEqual(['ours']);
});
