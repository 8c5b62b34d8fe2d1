import type { DraftContent, DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { DraftEdit } from '@pipewright/shared/http/drafts.ts';
import { dose } from '@pipewright/shared/testing/dose.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyIntent, applied, emptyContent, type Intent, opsOf } from '../testing/edits-at-random.ts';
import { FakeDraftServer } from '../testing/fake-draft-server.ts';
import { addLocal, confirm, type LostOp, startSync, type SyncState, takeDraft, takeEdits, takeNext } from './sync-state.ts';

/** A window without timers: the test says when a request leaves, whether its answer comes, and when edits are heard. */
class Client {
  sync: SyncState;
  content: DraftContent;
  readonly lost: LostOp[] = [];
  readonly #name: string;
  readonly #server: FakeDraftServer;
  #heard = 0;
  #sent = 0;

  constructor(name: string, server: FakeDraftServer) {
    this.#name = name;
    this.#server = server;
    this.sync = startSync(server.revision, server.content);
    this.content = server.content;
  }

  edit(intent: Intent): void {
    const ops = opsOf(this.content, intent);
    if (ops.length === 0) return;
    this.content = applied(this.content, ops);
    this.sync = addLocal(this.sync, ops);
  }

  send({ isAnswered }: { readonly isAnswered: boolean }): void {
    this.#sent += 1;
    const mutation = this.sync.inFlight ?? this.#take();
    if (!mutation) return;
    const { revision } = this.sync.confirmed;
    const answer = this.#server.save({ clientId: this.#name, mutationId: mutation.id, ops: [...mutation.ops], revision });
    if (!isAnswered) return;
    if (answer.kind === 'accepted') this.#confirm(answer.accepted.revision);
    else if (answer.kind === 'conflict') this.#take412(answer.conflict.full ? null : answer.conflict.opsSince);
    else throw new Error(`refused: ${JSON.stringify(answer)}`);
  }

  /** Hears the next so many edits over the socket. */
  hear(count: number): void {
    const news = this.#server.edits.slice(this.#heard, this.#heard + count);
    this.#heard += news.length;
    this.#takeIn(takeEdits(this.sync, news));
  }

  settle(): void {
    for (let round = 0; round < 6 && (this.sync.inFlight || this.sync.pending.length > 0); round += 1) this.send({ isAnswered: true });
    this.hear(this.#server.edits.length);
  }

  #confirm(revision: number): void {
    const confirmed = confirm(this.sync, revision);
    if (confirmed === 'gap') throw new Error('What the server took does not apply here.');
    this.sync = confirmed;
  }

  #take() {
    const taken = takeNext(this.sync, `${this.#name}-${this.#sent}`);
    if (taken) this.sync = taken.state;
    return taken?.mutation;
  }

  #take412(edits: readonly DraftEdit[] | null): void {
    this.#takeIn(edits === null ? takeDraft(this.sync, { revision: this.#server.revision, content: this.#server.content }) : takeEdits(this.sync, edits));
  }

  #takeIn(rebased: ReturnType<typeof takeEdits>): void {
    if (rebased === 'gap') throw new Error('Edits came out of order.');
    this.sync = rebased.state;
    this.content = rebased.content;
    this.lost.push(...rebased.lost);
  }
}

const anyAction = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('edit' as const), who: fc.nat(1), intent: anyIntent }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), who: fc.nat(1), isAnswered: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hear' as const), who: fc.nat(1), count: fc.integer({ min: 1, max: 3 }) }) },
);

describe('two windows on one draft', () => {
  it('end with the same document, whatever was lost on the way', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 60 }), fc.constantFrom(Number.POSITIVE_INFINITY, 2), (actions, keptEdits) => {
        const server = new FakeDraftServer(emptyContent);
        server.keptEdits = keptEdits;
        const clients = [new Client('a', server), new Client('b', server)] as const;
        for (const action of actions) {
          const client = clients[action.who === 0 ? 0 : 1];
          if (action.do === 'edit') client.edit(action.intent);
          else if (action.do === 'send') client.send(action);
          else client.hear(action.count);
        }
        for (const _ of [1, 2]) for (const client of clients) client.settle();
        for (const client of clients) {
          expect(client.content).toEqual(server.content);
          expect(client.sync.confirmed.revision).toBe(server.revision);
        }
      }),
      dose(400),
    );
  });

  it('keep what is on the screen equal to the server plus what waits', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 40 }), (actions) => {
        const server = new FakeDraftServer(emptyContent);
        const clients = [new Client('a', server), new Client('b', server)] as const;
        for (const action of actions) {
          const client = clients[action.who === 0 ? 0 : 1];
          if (action.do === 'edit') client.edit(action.intent);
          else if (action.do === 'send') client.send(action);
          else client.hear(action.count);
          const { confirmed, inFlight, pending } = client.sync;
          expect(applied(confirmed.content, [...(inFlight?.ops ?? []), ...pending])).toEqual(client.content);
        }
      }),
      dose(200),
    );
  });

  it('lose nothing when each works on steps of their own', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ who: fc.nat(1), value: fc.nat(9), sends: fc.boolean() }), { maxLength: 50 }), (edits) => {
        const start = applied(emptyContent, [
          { op: 'step.add', step: 'mine', value: { command: 'true', inputs: {}, outputs: {} } },
          { op: 'step.add', step: 'yours', value: { command: 'true', inputs: {}, outputs: {} } },
        ]);
        const server = new FakeDraftServer(start);
        const clients = [new Client('a', server), new Client('b', server)] as const;
        const last = new Map<string, number>();
        for (const { who, value, sends } of edits) {
          const client = clients[who === 0 ? 0 : 1];
          const step = who === 0 ? 'mine' : 'yours';
          const op: DraftOp = { op: 'step.setInput', step, input: 'x', value };
          client.content = applied(client.content, [op]);
          client.sync = addLocal(client.sync, [op]);
          last.set(step, value);
          if (sends) client.send({ isAnswered: value % 2 === 0 });
        }
        for (const _ of [1, 2]) for (const client of clients) client.settle();
        for (const [step, value] of last) expect(server.content.document.jobs[step]?.inputs['x']).toBe(value);
        for (const client of clients) expect(client.lost).toEqual([]);
      }),
      dose(200),
    );
  });
});

describe('takeEdits', () => {
  const add = (step: string): DraftOp => ({ op: 'step.add', step, value: { command: 'true', inputs: {}, outputs: {} } });
  const edit = (revision: number, ops: DraftOp[], mutationId = 'theirs'): DraftEdit => ({
    revision,
    clientId: 'b',
    mutationId,
    by: 'b',
    at: '2026-01-01T00:00:00.000Z',
    ops,
  });

  it('gives my step another key when somebody took the one it had', () => {
    const mine = addLocal(startSync(0, emptyContent), [add('split'), { op: 'step.setInput', step: 'split', input: 'x', value: 1 }]);
    const rebased = takeEdits(mine, [edit(1, [add('split')])]);
    if (rebased === 'gap') throw new Error('expected no gap');
    expect(Object.keys(rebased.content.document.jobs)).toEqual(['split', 'split_2']);
    expect(rebased.content.document.jobs['split']?.inputs).toEqual({});
    expect(rebased.content.document.jobs['split_2']?.inputs).toEqual({ x: 1 });
    expect([...rebased.renames]).toEqual([['split', 'split_2']]);
    expect(rebased.lost).toEqual([]);
  });

  it('lets my edits follow a step that somebody renamed', () => {
    const start = applied(emptyContent, [add('split')]);
    const mine = addLocal(startSync(0, start), [{ op: 'step.setInput', step: 'split', input: 'x', value: 1 }]);
    const rebased = takeEdits(mine, [edit(1, [{ op: 'step.rename', step: 'split', to: 'parts' }])]);
    if (rebased === 'gap') throw new Error('expected no gap');
    expect(rebased.content.document.jobs['parts']?.inputs).toEqual({ x: 1 });
    expect(rebased.lost).toEqual([]);
  });

  it('keeps my edits with my step where somebody added one under its key and renamed that', () => {
    const mine = addLocal(startSync(0, emptyContent), [add('split'), { op: 'step.setInput', step: 'split', input: 'x', value: 1 }]);
    const rebased = takeEdits(mine, [edit(1, [add('split'), { op: 'step.rename', step: 'split', to: 'parts' }])]);
    if (rebased === 'gap') throw new Error('expected no gap');
    expect(rebased.content.document.jobs['split']?.inputs).toEqual({ x: 1 });
    expect(rebased.content.document.jobs['parts']?.inputs).toEqual({});
  });

  it('hands over my edits of a step that somebody removed', () => {
    const start = applied(emptyContent, [add('split')]);
    const mine = addLocal(startSync(0, start), [{ op: 'step.setInput', step: 'split', input: 'x', value: 1 }]);
    const rebased = takeEdits(mine, [edit(1, [{ op: 'step.remove', step: 'split' }])]);
    if (rebased === 'gap') throw new Error('expected no gap');
    expect(rebased.lost.map(({ message }) => message)).toEqual(['there is no step split']);
    expect(rebased.state.pending).toEqual([]);
  });

  it('asks for the whole when edits in between are missing', () => {
    expect(takeEdits(startSync(3, emptyContent), [edit(5, [add('split')])])).toBe('gap');
  });
});
