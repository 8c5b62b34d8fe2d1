import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { emptyContent } from '../testing/edits-at-random.ts';
import { FakeDraftServer } from '../testing/fake-draft-server.ts';
import type { DraftTransport, SendResult, SentOps } from './draft-transport.ts';
import { createIdbJournal, type Journal } from './journal.ts';
import { type DraftSession, openDraft } from './open-draft.ts';

/** A way to the server that the test can cut, and that counts what passes. */
class Line implements DraftTransport {
  readonly sent: SentOps[] = [];
  /** `silent`: the request arrives and its answer does not. */
  mode: 'open' | 'cut' | 'silent' = 'open';
  answer: SendResult | null = null;
  readonly #server: FakeDraftServer;

  constructor(server: FakeDraftServer) {
    this.#server = server;
  }

  send = async (ops: SentOps): Promise<SendResult> => {
    this.sent.push(ops);
    if (this.mode === 'cut') return { kind: 'unreachable' };
    const answer = this.answer ?? this.#server.save(ops);
    return this.mode === 'silent' ? { kind: 'unreachable' } : answer;
  };

  fetchDraft = async () => this.#server.draft();
}

let server: FakeDraftServer;
let line: Line;
let journal: Journal;
const sessions: DraftSession[] = [];

beforeEach(() => {
  // Only timers: IndexedDB's own callbacks run as they would.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  server = new FakeDraftServer(emptyContent);
  line = new Line(server);
  journal = createIdbJournal();
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.saver[Symbol.dispose]();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  for (const { record } of (await journal.takeLeft('draft', '')).estates) await journal.remove('draft', record.clientId);
});

async function open(clientId = 'window'): Promise<DraftSession> {
  const session = await openDraft({ draftId: 'draft', clientId, transport: line, journal });
  sessions.push(session);
  return session;
}

const describeAs = (session: DraftSession, value: string, pace: 'typing' | 'gesture' = 'gesture') =>
  session.store.getState().edit([{ op: 'pipeline.setMeta', field: 'description', value }], { label: 'Describe', pace, gesture: 'field' });
const add = (step: string) => ({ op: 'step.add' as const, step, value: { command: 'true', inputs: {}, outputs: {} } });
const status = (session: DraftSession) => session.saver.view.getState().status;
/** Time passes, a few milliseconds more than it says, and the device does meanwhile what it is asked to. */
const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 5; turn += 1) {
    for (let task = 0; task < 8; task += 1) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(1);
  }
};

describe('saving', () => {
  it('leaves 100 ms after a gesture and says when it arrived', async () => {
    const session = await open();
    describeAs(session, 'new');
    expect(status(session)).toBe('saving');
    await pass(90);
    expect(line.sent).toHaveLength(0);
    await pass(10);
    expect(line.sent).toHaveLength(1);
    expect(status(session)).toBe('saved');
    expect(session.saver.view.getState().revision).toBe(1);
    expect(server.content.document.description).toBe('new');
  });

  it('waits 400 ms after the last key, two seconds at most, and sends one operation', async () => {
    const session = await open();
    for (let key = 0; key < 30; key += 1) {
      describeAs(session, 'x'.repeat(key + 1), 'typing');
      await pass(100);
    }
    expect(line.sent).toHaveLength(1);
    await pass(400);
    expect(line.sent).toHaveLength(2);
    expect(line.sent.every(({ ops }) => ops.length === 1)).toBe(true);
    expect(server.content.document.description).toBe('x'.repeat(30));
  });

  it('keeps one request in flight', async () => {
    const session = await open();
    let release = (): void => {};
    line.send = vi.fn(async (ops: SentOps) => {
      await new Promise<void>((resolve) => (release = resolve));
      return server.save(ops);
    });
    describeAs(session, 'one');
    await pass(100);
    describeAs(session, 'two');
    await pass(5000);
    expect(line.send).toHaveBeenCalledTimes(1);
    release();
    await pass(0);
    expect(line.send).toHaveBeenCalledTimes(2);
  });

  it('tries again later and later while nobody answers, under the same mutation', async () => {
    const session = await open();
    line.mode = 'cut';
    describeAs(session, 'new');
    await pass(100);
    expect(status(session)).toBe('offline');
    await pass(1000);
    await pass(2000);
    expect(line.sent).toHaveLength(3);
    expect(new Set(line.sent.map(({ mutationId }) => mutationId)).size).toBe(1);
    line.mode = 'open';
    await pass(4000);
    expect(status(session)).toBe('saved');
    expect(server.edits).toHaveLength(1);
  });

  it('counts an edit once when only its answer was lost', async () => {
    const session = await open();
    line.mode = 'silent';
    describeAs(session, 'new');
    await pass(100);
    line.mode = 'open';
    await pass(1000);
    expect(server.edits).toHaveLength(1);
    expect(status(session)).toBe('saved');
  });

  it('answers a flush with the revision that holds everything', async () => {
    const session = await open();
    describeAs(session, 'new');
    const flushed = session.saver.flush();
    await pass(0);
    expect(await flushed).toEqual({ ok: true, revision: 1 });
  });

  it('answers a flush with a message while the server is away', async () => {
    const session = await open();
    line.mode = 'cut';
    describeAs(session, 'new');
    const flushed = session.saver.flush();
    await pass(0);
    expect(await flushed).toMatchObject({ ok: false });
  });

  it('leaves when the edit is on this device, and not before', async () => {
    const session = await open();
    const kept: string[] = [];
    line.send = vi.fn(async (ops: SentOps): Promise<SendResult> => {
      const { estates } = await createIdbJournal().takeLeft('draft', '');
      kept.push(...estates.map(({ record }) => JSON.stringify(record.inFlight)));
      return server.save(ops);
    });
    describeAs(session, 'new');
    await pass(200);
    const [sent] = server.edits;
    expect(kept).toEqual([JSON.stringify({ id: sent?.mutationId, ops: sent?.ops })]);
  });

  it('leaves all the same where the device does not say whether it has it', async () => {
    const stuck: Journal = { ...journal, write: async () => await new Promise(() => {}) };
    const session = await openDraft({ draftId: 'draft', clientId: 'stuck', transport: line, journal: stuck });
    sessions.push(session);
    describeAs(session, 'new');
    await pass(200);
    expect(server.edits).toHaveLength(0);
    await pass(3000);
    expect(server.content.document.description).toBe('new');
    expect(session.saver.view.getState().isKept).toBe(false);
  });

  it('has its last words without waiting for the device', async () => {
    const session = await open();
    describeAs(session, 'new');
    session.saver.sendLastWords();
    expect(line.sent).toHaveLength(1);
    await pass(0);
    describeAs(session, 'newer');
    // The timer has run, and the device is being written.
    vi.advanceTimersByTime(100);
    expect(line.sent).toHaveLength(1);
    session.saver.sendLastWords();
    // As much as still runs when a page goes.
    for (let task = 0; task < 10; task += 1) await Promise.resolve();
    expect(line.sent).toHaveLength(2);
  });

  it('leaves nothing in parts that the device does not know as parts', async () => {
    const session = await open();
    const ops = Array.from({ length: 1500 }, (_, at) => add(`s${at}`));
    session.store.getState().edit(ops, { label: 'Paste' });
    session.saver.sendLastWords();
    expect(line.sent).toHaveLength(0);
    await pass(200);
    expect(line.sent.map((sent) => sent.ops.length)).toEqual([1000, 500]);
  });

  it('sends halves when the server finds it too large', async () => {
    const session = await open();
    line.send = vi.fn(async (ops: SentOps): Promise<SendResult> => (ops.ops.length > 2 ? { kind: 'too-large' } : server.save(ops)));
    const ops = ['a', 'b', 'c', 'd', 'e'].map(add);
    session.store.getState().edit(ops, { label: 'Paste' });
    await pass(100);
    await pass(100);
    expect(Object.keys(server.content.document.jobs)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(status(session)).toBe('saved');
  });
});

describe('what cannot be saved', () => {
  it('is kept and shown when the server refuses it', async () => {
    const session = await open();
    line.answer = { kind: 'refused', message: 'no such operation' };
    describeAs(session, 'new');
    await pass(100);
    expect(status(session)).toBe('needs-review');
    expect(session.saver.view.getState().review).toMatchObject({ refusal: 'no such operation' });
    expect(session.store.getState().content.document.description).toBe('new');
    await pass(60_000);
    expect(line.sent).toHaveLength(1);
  });

  it('does not put away what was to be looked at before', async () => {
    const session = await open();
    session.store.getState().edit([add('split')], { label: 'Add' });
    await pass(100);
    server.save({ clientId: 'they', mutationId: 'gone', ops: [{ op: 'step.remove', step: 'split' }], revision: server.revision });
    session.store.getState().edit([{ op: 'step.setInput', step: 'split', input: 'x', value: 1 }], { label: 'Set x' });
    await pass(200);
    line.answer = { kind: 'refused', message: 'no such operation' };
    describeAs(session, 'new');
    await pass(200);
    const review = () => session.saver.view.getState().review;
    expect(review()).toMatchObject({ refusal: 'no such operation', lost: [{ by: 'they' }], mine: { document: { description: 'new' } } });
    line.answer = null;
    session.saver.endReview();
    expect(review()).toMatchObject({ refusal: null, lost: [{ by: 'they' }] });
    await pass(200);
    expect(server.content.document.description).toBe('new');
    session.saver.endReview();
    expect(review()).toBeNull();
  });

  it('leaves no review behind that shows nothing', async () => {
    const session = await open('first');
    line.answer = { kind: 'refused', message: 'no such operation' };
    describeAs(session, 'new');
    await pass(200);
    session.saver[Symbol.dispose]();
    line.answer = null;
    const next = await open('second');
    await pass(200);
    expect(next.saver.view.getState()).toMatchObject({ review: null, status: 'saved' });
    expect(server.content.document.description).toBe('new');
  });

  it('makes an archived draft read-only', async () => {
    const session = await open();
    line.answer = { kind: 'archived', message: 'deleted' };
    describeAs(session, 'new');
    await pass(100);
    expect(status(session)).toBe('read-only');
    expect(session.store.getState().edit([{ op: 'pipeline.setMeta', field: 'description', value: 'x' }], { label: 'Describe' })).toMatchObject({ ok: false });
  });
});

describe('somebody else', () => {
  const theirs = (ops: SentOps['ops']) => server.save({ clientId: 'other', mutationId: crypto.randomUUID(), ops, revision: server.revision });

  it('appears here, and is not ours to undo', async () => {
    const session = await open();
    theirs([{ op: 'pipeline.setMeta', field: 'description', value: 'theirs' }]);
    session.saver.receive(server.edits);
    expect(session.store.getState().content.document.description).toBe('theirs');
    expect(session.store.getState().undo()).toBeNull();
    expect(status(session)).toBe('saved');
  });

  it('was first: ours is put on top without a reload', async () => {
    const session = await open();
    theirs([{ op: 'pipeline.setMeta', field: 'experiment_name', value: 'theirs' }]);
    describeAs(session, 'mine');
    await pass(200);
    expect(server.content.document).toMatchObject({ experiment_name: 'theirs', description: 'mine' });
    expect(session.store.getState().content).toEqual(server.content);
    expect(status(session)).toBe('saved');
  });

  it('removed the step I edit: my edit is handed over for review', async () => {
    const session = await open();
    session.store.getState().edit([add('split')], { label: 'Add' });
    await pass(100);
    theirs([{ op: 'step.remove', step: 'split' }]);
    session.store.getState().edit([{ op: 'step.setInput', step: 'split', input: 'x', value: 1 }], { label: 'Set x' });
    await pass(200);
    const { review } = session.saver.view.getState();
    expect(status(session)).toBe('needs-review');
    expect(review?.lost).toHaveLength(1);
    expect(review?.mine.document.jobs['split']?.inputs).toEqual({ x: 1 });
    session.saver.endReview();
    expect(status(session)).toBe('saved');
  });

  it('removed the step while we were offline: what is edited next is sent, though nothing was left to try again', async () => {
    const session = await open();
    session.store.getState().edit([add('split')], { label: 'Add' });
    await pass(100);
    line.mode = 'cut';
    session.store.getState().edit([{ op: 'step.setInput', step: 'split', input: 'x', value: 1 }], { label: 'Set x' });
    await pass(200);
    theirs([{ op: 'step.remove', step: 'split' }]);
    session.saver.receive(server.edits);
    line.mode = 'open';
    describeAs(session, 'next');
    await pass(200);
    expect(server.content.document.description).toBe('next');
  });

  it('put something else where we did: ours stands, and theirs can be looked at', async () => {
    const session = await open();
    theirs([{ op: 'pipeline.setMeta', field: 'description', value: 'theirs' }]);
    describeAs(session, 'mine');
    await pass(200);
    expect(server.content.document.description).toBe('mine');
    expect(status(session)).toBe('saved');
    const { review } = session.saver.view.getState();
    expect(review?.overridden).toMatchObject([{ op: { value: 'mine' }, theirs: { value: 'theirs' } }]);
    session.saver.settle(new Set(review?.overridden));
    expect(session.saver.view.getState().review).toBeNull();
  });

  it('put something else there again: one report of it is enough, the last', async () => {
    const session = await open();
    for (const value of ['theirs', 'theirs again']) {
      theirs([{ op: 'pipeline.setMeta', field: 'description', value }]);
      describeAs(session, `not ${value}`);
      await pass(200);
    }
    expect(session.saver.view.getState().review?.overridden).toMatchObject([{ op: { value: 'not theirs again' }, theirs: { value: 'theirs again' } }]);
  });

  it('is heard of again while our answer is out: what was sent is not done twice', async () => {
    const session = await open();
    const answer = Promise.withResolvers<void>();
    line.send = vi.fn(async (ops: SentOps) => {
      const result = server.save(ops);
      await answer.promise;
      return result;
    });
    session.store.getState().edit([add('split')], { label: 'Add' });
    await pass(200);
    expect(server.revision).toBe(1);
    // The connection was gone for a while: what was told meanwhile has to be read anew.
    const read = session.saver.resync();
    await pass(1000);
    answer.resolve();
    await pass(100);
    await read;
    await pass(200);
    expect(Object.keys(session.store.getState().content.document.jobs)).toEqual(['split']);
    expect(session.store.getState().content).toEqual(server.content);
    expect(server.edits).toHaveLength(1);
  });

  it('is heard of again while our answer is lost: that is asked for first', async () => {
    const session = await open();
    line.mode = 'silent';
    session.store.getState().edit([add('split')], { label: 'Add' });
    await pass(200);
    const read = session.saver.resync();
    line.mode = 'open';
    await pass(2000);
    await read;
    await pass(200);
    expect(session.store.getState().content).toEqual(server.content);
    expect(server.edits).toHaveLength(1);
    expect(status(session)).toBe('saved');
  });

  it('cannot be asked, though the connection stands: it is read anew later and later', async () => {
    const session = await open();
    line.fetchDraft = vi.fn(async () => await Promise.reject(new Error('no answer')));
    void session.saver.resync();
    await pass(900);
    expect(line.fetchDraft).toHaveBeenCalledTimes(1);
    await pass(1500);
    expect(line.fetchDraft).toHaveBeenCalledTimes(2);
  });

  it('wrote what this page cannot read: it gives up and says so, and asks no more', async () => {
    server.keptEdits = 0;
    const session = await open();
    theirs([{ op: 'pipeline.setMeta', field: 'experiment_name', value: 'theirs' }]);
    line.fetchDraft = async () => z.never().parse('newer');
    describeAs(session, 'mine');
    await pass(200);
    const { length } = line.sent;
    expect(session.saver.view.getState().review?.refusal).toContain('newer version');
    await pass(60_000);
    expect(line.sent).toHaveLength(length);
  });

  it('cannot be asked what they did: it is tried later and later, not at once again', async () => {
    server.keptEdits = 0;
    const session = await open();
    theirs([{ op: 'pipeline.setMeta', field: 'experiment_name', value: 'theirs' }]);
    line.fetchDraft = async () => await Promise.reject(new Error('no answer'));
    describeAs(session, 'mine');
    await pass(900);
    expect(line.sent).toHaveLength(1);
    expect(status(session)).toBe('offline');
  });

  it('overtook us so far that the draft is read anew', async () => {
    server.keptEdits = 0;
    const session = await open();
    theirs([{ op: 'pipeline.setMeta', field: 'experiment_name', value: 'theirs' }]);
    describeAs(session, 'mine');
    await pass(300);
    expect(server.content.document).toMatchObject({ experiment_name: 'theirs', description: 'mine' });
  });
});

describe('an hour without a connection', () => {
  it('loses none of fifty edits on either side, asks seldom, and is over as soon as the connection is back', async () => {
    const session = await open();
    const begun = line.sent.length;
    line.mode = 'cut';
    const steps = Array.from({ length: 50 }, (_, at) => at);
    for (const at of steps) {
      session.store.getState().edit([add(`mine_${at}`)], { label: 'Add' });
      server.save({ clientId: 'they', mutationId: `${at}`, ops: [add(`theirs_${at}`)], revision: server.revision });
      await pass(72_000);
    }
    await session.saver.keep();
    expect(session.saver.view.getState()).toMatchObject({ status: 'offline', isKept: true });
    expect(line.sent.length - begun).toBeLessThan(130);
    expect(session.store.getState().content.document.jobs).toHaveProperty('mine_49');
    line.mode = 'open';
    session.saver.retryNow();
    await pass(200);
    expect(status(session)).toBe('saved');
    expect(Object.keys(server.content.document.jobs)).toHaveLength(100);
    expect(session.store.getState().content).toEqual(server.content);
    expect(session.store.getState().undoEntries).toHaveLength(50);
  });
});

it('goes on where the socket tells that an edit has arrived while it waits for the device to send it again', async () => {
  const session = await open();
  line.mode = 'silent';
  describeAs(session, 'one');
  await pass(200);
  describeAs(session, 'two');
  await pass(50);
  expect(status(session)).toBe('offline');
  line.mode = 'open';
  // The connection is back: what is on its way is tried again, and the log is told at the same moment.
  session.saver.retryNow();
  await vi.advanceTimersByTimeAsync(0);
  session.saver.receive(server.edits);
  await pass(1000);
  expect(status(session)).toBe('saved');
  expect(server.content.document.description).toBe('two');
});

describe('a browser without IndexedDB', () => {
  it('opens, saves and says that nothing is kept on the device', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const session = await openDraft({ draftId: 'draft', clientId: 'bare', transport: line, journal: createIdbJournal() });
    sessions.push(session);
    describeAs(session, 'saved all the same');
    await pass(200);
    expect(server.content.document.description).toBe('saved all the same');
    expect(session.saver.view.getState()).toMatchObject({ status: 'saved', isKept: false });
    line.mode = 'cut';
    describeAs(session, 'nowhere else');
    await pass(200);
    expect(session.saver.wouldLose).toBe(true);
  });
});

describe('the next window', () => {
  /** The window is gone without a word: no timers, no last words. */
  const crash = (session: DraftSession): void => session.saver[Symbol.dispose]();

  it('still has what nobody has looked at', async () => {
    const first = await open('first');
    first.store.getState().edit([add('split')], { label: 'Add' });
    await pass(100);
    server.save({ clientId: 'they', mutationId: 'gone', ops: [{ op: 'step.remove', step: 'split' }], revision: server.revision });
    first.store.getState().edit([{ op: 'step.setInput', step: 'split', input: 'x', value: 1 }], { label: 'Set x' });
    await pass(200);
    await first.saver.keep();
    crash(first);
    const second = await open('second');
    expect(second.saver.view.getState().review?.lost).toMatchObject([{ by: 'they', step: { key: 'split', value: { inputs: { x: 1 } } } }]);
    expect(status(second)).toBe('needs-review');
  });

  it('is told the truth where nothing can be kept on the device', async () => {
    const full: Journal = { ...journal, write: async () => await Promise.reject(new DOMException('full', 'QuotaExceededError')) };
    const session = await openDraft({ draftId: 'draft', clientId: 'full', transport: line, journal: full });
    sessions.push(session);
    describeAs(session, 'saved all the same');
    await pass(200);
    expect(server.content.document.description).toBe('saved all the same');
    expect(session.saver.wouldLose).toBe(false);
    line.mode = 'cut';
    describeAs(session, 'nowhere else');
    await pass(200);
    expect(session.saver.view.getState()).toMatchObject({ status: 'offline', isKept: false });
    expect(session.saver.wouldLose).toBe(true);
  });

  it('brings what the last one could not', async () => {
    const first = await open('first');
    line.mode = 'cut';
    describeAs(first, 'unsaved');
    await pass(60);
    crash(first);
    line.mode = 'open';
    const second = await open('second');
    expect(second.store.getState().content.document.description).toBe('unsaved');
    expect(server.content.document.description).toBe('unsaved');
  });

  it('does not repeat what had arrived', async () => {
    const first = await open('first');
    line.mode = 'silent';
    first.store.getState().edit([add('split')], { label: 'Add' });
    await pass(200);
    crash(first);
    line.mode = 'open';
    const second = await open('second');
    expect(Object.keys(second.store.getState().content.document.jobs)).toEqual(['split']);
    expect(server.edits).toHaveLength(1);
  });

  it('replays on top of what others did meanwhile', async () => {
    const first = await open('first');
    line.mode = 'cut';
    describeAs(first, 'mine');
    await pass(200);
    crash(first);
    line.mode = 'open';
    server.save({ clientId: 'other', mutationId: 'm', ops: [{ op: 'pipeline.setMeta', field: 'experiment_name', value: 'theirs' }], revision: 0 });
    const second = await open('second');
    await pass(200);
    expect(server.content.document).toMatchObject({ description: 'mine', experiment_name: 'theirs' });
    expect(second.store.getState().content).toEqual(server.content);
  });

  it('can still undo', async () => {
    const first = await open('first');
    describeAs(first, 'before');
    await pass(200);
    crash(first);
    const second = await open('second');
    expect(second.store.getState().undo()).toBe('Describe');
    await pass(100);
    expect(server.content.document.description).toBeUndefined();
  });

  it('can still undo after another one that edited nothing', async () => {
    const first = await open('first');
    describeAs(first, 'before');
    await pass(200);
    crash(first);
    crash(await open('second'));
    const third = await open('third');
    expect(third.store.getState().undo()).toBe('Describe');
  });

  describe('on a device that is full', () => {
    const write = vi.fn<Journal['write']>();

    beforeEach(async () => {
      const first = await open('first');
      describeAs(first, 'before');
      first.store.getState().setUnreadText({ text: 'half', base: '' });
      await pass(200);
      crash(first);
      const device = journal;
      write.mockReset().mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
      journal = { ...device, write };
      return () => {
        journal = device;
      };
    });

    it('leaves what the last one kept where it is', async () => {
      crash(await open('second'));
      expect(write).toHaveBeenCalledTimes(1);
      const third = await open('third');
      expect(third.store.getState().unreadText).toEqual({ text: 'half', base: '' });
      expect(third.store.getState().undo()).toBe('Describe');
    });

    describe('and after another window was first', () => {
      beforeEach(async () => {
        const [late, first] = [await open('late'), await open('other')];
        write.mockImplementation(createIdbJournal().write);
        line.mode = 'cut';
        describeAs(late, 'old words');
        late.store.getState().setUnreadText({ text: 'half', base: '' });
        await late.saver.keep();
        crash(late);
        line.mode = 'open';
        write.mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
        first.store.getState().edit([{ op: 'pipeline.setMeta', field: 'display_name', value: 'n' }], { label: 'Name', pace: 'gesture', gesture: 'n' });
        await pass(500);
        crash(first);
      });

      it.each(['with no room at all', 'with room for less'])('does its edits once, and never over newer ones, %s', async (room) => {
        const second = await open('second');
        const roomy = createIdbJournal();
        if (room === 'with room for less') {
          write.mockImplementation(async (record) => {
            if (record.clientId !== 'late' || record.pending.length > 0) throw new DOMException('full', 'QuotaExceededError');
            await roomy.write(record);
          });
        }
        await pass(500);
        expect(server.content.document.description).toBe('old words');
        describeAs(second, 'newer words');
        await pass(500);
        crash(second);
        const third = await open('third');
        await pass(500);
        expect(server.content.document.description).toBe('newer words');
        expect(third.store.getState().unreadText?.text).toBe('half');
      });
    });

    it('takes its place as soon as there is room', async () => {
      const second = await open('second');
      const roomy = createIdbJournal();
      write.mockImplementation(roomy.write);
      await second.saver.keep();
      const { estates } = await roomy.takeLeft('draft', '');
      expect(estates).toMatchObject([{ record: { clientId: 'second', unreadText: { text: 'half' }, history: [{ label: 'Describe' }] } }]);
    });
  });
});
