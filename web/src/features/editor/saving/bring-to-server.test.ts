import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { beforeEach, expect, it, vi } from 'vitest';
import { emptyContent } from '../testing/edits-at-random.ts';
import { FakeDraftServer } from '../testing/fake-draft-server.ts';
import { bringToServer } from './bring-to-server.ts';
import type { DraftTransport, SendResult, SentOps } from './draft-transport.ts';
import type { JournalRecord } from './journal-record.ts';

const add = (step: string): DraftOp => ({ op: 'step.add', step, value: { command: 'true', inputs: {}, outputs: {} } });
const set = (step: string, value: number): DraftOp => ({ op: 'step.setInput', step, input: 'x', value });
const describeAs = (value: string): DraftOp => ({ op: 'pipeline.setMeta', field: 'description', value });

const left = (inFlight: DraftOp[], pending: DraftOp[]): JournalRecord => ({
  draftId: 'draft',
  clientId: 'gone',
  revision: 0,
  inFlight: inFlight.length > 0 ? { id: 'first', ops: inFlight } : null,
  pending,
  pendingId: 'second',
  history: [],
  redo: [],
  review: null,
  unreadText: null,
  writtenAt: 0,
});

let server: FakeDraftServer;
let transport: DraftTransport;
const keep = vi.fn<(record: JournalRecord) => Promise<void>>();
beforeEach(() => {
  server = new FakeDraftServer(emptyContent);
  transport = server.transport();
  keep.mockReset().mockResolvedValue();
});

const theirs = (...ops: DraftOp[]): SendResult => server.save({ clientId: 'they', mutationId: crypto.randomUUID(), ops, revision: server.revision });

/** Answers some requests, counted from 1, otherwise than the server does; `lost`: after it has taken them. */
function answering(answers: Readonly<Record<number, SendResult['kind'] | 'lost'>>): DraftTransport {
  let count = 0;
  const send = async (ops: SentOps): Promise<SendResult> => {
    count += 1;
    const kind = answers[count];
    if (kind === 'lost') server.save(ops);
    if (kind === 'refused' || kind === 'archived') return { kind, message: 'never' };
    if (kind === 'too-large') return { kind };
    return kind === 'unreachable' || kind === 'lost' ? { kind: 'unreachable' } : server.save(ops);
  };
  return { ...transport, send };
}

it('sends both under the ids they had', async () => {
  const { outcome, record } = await bringToServer(left([add('a')], [set('a', 1)]), { transport, keep });
  expect(outcome).toBe('settled');
  expect(record).toMatchObject({ inFlight: null, pending: [], revision: 2 });
  expect(server.edits.map(({ mutationId, clientId }) => [mutationId, clientId])).toEqual([
    ['first', 'gone'],
    ['second', 'gone'],
  ]);
});

it('puts what others overtook on top of theirs, under the same ids, and what comes later follows', async () => {
  theirs(add('a'));
  const { record } = await bringToServer(left([add('a')], [set('a', 1)]), { transport, keep });
  expect(Object.keys(server.content.document.jobs)).toEqual(['a', 'a_2']);
  expect(server.content.document.jobs['a_2']?.inputs).toEqual({ x: 1 });
  expect(server.content.document.jobs['a']?.inputs).toEqual({});
  expect(server.edits.slice(1).map(({ mutationId }) => mutationId)).toEqual(['first', 'second']);
  expect(record.review).toBeNull();
});

it('lets the device know what is sent otherwise than it knew, before it is sent', async () => {
  theirs(add('a'));
  keep.mockImplementation(async () => expect(server.revision).toBe(1));
  await bringToServer(left([add('a')], [set('a', 1)]), { transport, keep });
  expect(keep.mock.calls).toMatchObject([[{ inFlight: { id: 'first', ops: [{ step: 'a_2' }] }, pending: [{ step: 'a_2' }], revision: 1 }]]);
});

it('does nothing twice when it dies in between and another one begins where the device stands', async () => {
  theirs(add('a'));
  let kept = left([add('a')], [set('a', 1)]);
  keep.mockImplementation(async (record) => void (kept = record));
  expect(await bringToServer(kept, { transport: answering({ 2: 'lost' }), keep })).toMatchObject({ outcome: 'unanswered' });
  theirs(describeAs('meanwhile'));
  expect(await bringToServer(kept, { transport, keep })).toMatchObject({ outcome: 'settled' });
  expect(Object.keys(server.content.document.jobs)).toEqual(['a', 'a_2']);
  expect(server.content.document).toMatchObject({ description: 'meanwhile', jobs: { a_2: { inputs: { x: 1 } } } });
});

it.each(['unreachable', 'too-large', 'archived'] as const)('sends nothing past an edit that is not taken (%s)', async (kind) => {
  const { outcome, record } = await bringToServer(left([add('a')], [describeAs('later')]), { transport: answering({ 1: kind }), keep });
  expect(outcome).toBe(kind === 'unreachable' ? 'unanswered' : 'refused');
  expect(record).toMatchObject({ inFlight: { id: 'first' }, pending: [describeAs('later')] });
  expect(server.edits).toEqual([]);
});

it('tries a refused edit once more on top of what the server holds', async () => {
  const { outcome } = await bringToServer(left([add('a')], []), { transport: answering({ 1: 'refused' }), keep });
  expect(outcome).toBe('settled');
  const twice = await bringToServer({ ...left([], [describeAs('x')]), pendingId: 'third' }, { transport: answering({ 1: 'refused', 2: 'refused' }), keep });
  expect(twice).toMatchObject({ outcome: 'refused', record: { pending: [describeAs('x')] } });
});

it('hands over what lost its place, beside what was to be looked at already', async () => {
  theirs(add('a'));
  const before = { ...left([], [set('a', 1), describeAs('mine')]), revision: 1, pendingId: 'p' };
  const lost = { op: set('b', 2), message: 'there is no step b', by: null, step: null };
  theirs({ op: 'step.remove', step: 'a' }, describeAs('theirs'));
  const { record, outcome } = await bringToServer({ ...before, review: { lost: [lost], overridden: [], mine: emptyContent } }, { transport, keep });
  expect(outcome).toBe('settled');
  expect(record.review?.lost.map(({ op, by }) => [op, by])).toEqual([
    [set('b', 2), null],
    [set('a', 1), 'they'],
  ]);
  expect(record.review?.overridden).toMatchObject([{ op: describeAs('mine'), theirs: describeAs('theirs') }]);
  expect(server.content.document.description).toBe('mine');
});

it('lets what can be undone follow a step to its other key', async () => {
  theirs(add('a'));
  const history = [{ label: 'Add', gesture: null, at: 1, ops: [add('a')], inverse: [{ op: 'step.remove' as const, step: 'a' }] }];
  const { record } = await bringToServer({ ...left([add('a')], []), history }, { transport, keep });
  expect(record.history).toMatchObject([{ inverse: [{ step: 'a_2' }] }]);
});
