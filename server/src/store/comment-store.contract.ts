import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import type { CommentMessage, CommentThread } from '@pipewright/shared/http/comments.ts';
import { DraftId } from '@pipewright/shared/ids.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import type { Store } from './store.ts';

const draft = DraftId.parse('d');
const seen = { id: draft, revision: 1 };
const minute = (number: number): string => `2026-01-01T00:${String(number).padStart(2, '0')}:00.000Z`;

const message = (id: string, at: number, more: Partial<CommentMessage> = {}): CommentMessage => ({
  id,
  by: 'Ada',
  at: minute(at),
  editedAt: null,
  text: 'Why?',
  mentions: [],
  ...more,
});
const thread = (id: string, at: number, more: Partial<CommentThread> = {}): CommentThread => ({
  id,
  step: null,
  updatedAt: minute(at),
  resolved: null,
  messages: [message(`${id}1`, at)],
  ...more,
});

/** What every backend must do with comments; each test gets a store of its own. */
export function describeCommentStore(name: string, open: () => Promise<Store>): void {
  describe(`${name}: comments`, () => {
    let store: Store;
    const content = { document: emptyPipeline('New'), layout: emptyLayout };
    beforeEach(async () => {
      store = await open();
      await store.drafts.create({ ...content, id: draft, createdAt: minute(0), by: 'Ada', folder: null, from: null });
    });
    afterEach(async () => await store[Symbol.asyncDispose]());
    const ids = async (query: { state?: 'open' | 'resolved'; step?: string; limit?: number; cursor?: string } = {}) => {
      const { items, nextCursor } = await store.comments.list(draft, { limit: 10, ...query });
      return { ids: items.map(({ id }) => id), nextCursor };
    };
    const save = async (ops: DraftOp[]): Promise<void> => {
      const { revision = 0 } = (await store.drafts.get(draft)) ?? {};
      const edit = { revision: revision + 1, clientId: 'c', mutationId: `m${revision}`, by: 'Ada', at: minute(9), ops };
      expect(await store.drafts.save(draft, edit, content)).toEqual({ kind: 'saved' });
    };

    it('come back whole, page by page, by what happened last', async () => {
      for (const [index, id] of ['a', 'b', 'c'].entries()) await store.comments.start(seen, thread(id, index + 1, { step: id === 'b' ? 'train' : null }));
      await store.comments.say(seen, 'a', message('a2', 5));
      expect(await store.comments.thread(draft, 'a')).toEqual({ ...thread('a', 5), messages: [message('a1', 1), message('a2', 5)] });
      const first = await ids({ limit: 2 });
      expect(first.ids).toEqual(['a', 'c']);
      expect(await ids({ limit: 2, cursor: first.nextCursor ?? '' })).toEqual({ ids: ['b'], nextCursor: null });
      expect((await ids({ step: 'train' })).ids).toEqual(['b']);
      expect(await store.comments.thread(DraftId.parse('other'), 'a')).toBeUndefined();
    });

    it('are resolved, opened again, said otherwise, and go with their last message', async () => {
      await store.comments.start(seen, thread('a', 1));
      await store.comments.start(seen, thread('b', 2));
      await store.comments.resolve('a', minute(3), { by: 'Grace', at: minute(3) });
      expect(await ids({ state: 'resolved' })).toEqual({ ids: ['a'], nextCursor: null });
      expect((await ids({ state: 'open' })).ids).toEqual(['b']);
      expect(await store.comments.thread(draft, 'a')).toMatchObject({ resolved: { by: 'Grace', at: minute(3) }, updatedAt: minute(3) });
      await store.comments.resolve('a', minute(4), null);
      expect((await ids({ state: 'open' })).ids).toEqual(['a', 'b']);
      const reworded = message('a1', 1, { text: 'See @x', mentions: ['x'], editedAt: minute(5) });
      await store.comments.reword(seen, reworded);
      expect((await store.comments.thread(draft, 'a'))?.messages).toEqual([reworded]);
      await store.comments.say(seen, 'a', message('a2', 6));
      await store.comments.remove('a', 'a1');
      expect((await store.comments.thread(draft, 'a'))?.messages.map(({ id }) => id)).toEqual(['a2']);
      await store.comments.remove('a', 'a2');
      expect(await store.comments.thread(draft, 'a')).toBeUndefined();
    });

    it('are written only while the draft is as it was seen, and where there is still something to answer', async () => {
      const [first, second] = [thread('a', 1), thread('b', 2, { step: 'train' })];
      expect(await store.comments.start(seen, first)).toBe('written');
      await save([{ op: 'step.rename', step: 'train', to: 'fit' }]);
      const reworded = message('a1', 1, { text: '@train', mentions: ['train'] });
      const written = [store.comments.start(seen, second), store.comments.say(seen, 'a', message('a2', 3)), store.comments.reword(seen, reworded)];
      expect(await Promise.all(written)).toEqual(['changed', 'changed', 'changed']);
      expect((await store.comments.list(draft, { limit: 10 })).items).toEqual([first]);
      const now = { id: draft, revision: 2 };
      await store.comments.remove('a', 'a1');
      expect(await store.comments.say(now, 'a', message('a2', 3))).toBe('unknown');
      expect(await store.comments.reword(now, reworded)).toBe('unknown');
      await store.drafts.archive(draft, minute(4));
      expect(await store.comments.start(now, first)).toBe('changed');
    });

    it('follow their steps to other keys, also where two change places', async () => {
      await store.comments.start(
        seen,
        thread('a', 1, { step: 'train', messages: [message('a1', 1, { text: '@score after @train', mentions: ['score', 'train'] })] }),
      );
      await store.comments.start(seen, thread('b', 2, { step: 'score/inner' }));
      await save([
        { op: 'step.rename', step: 'train', to: 'x' },
        { op: 'step.rename', step: 'score', to: 'train' },
        { op: 'step.rename', step: 'x', to: 'score' },
      ]);
      const after = await store.comments.thread(draft, 'a');
      expect(after).toMatchObject({ step: 'score', messages: [{ text: '@train after @score', mentions: ['train', 'score'] }] });
      expect(await store.comments.thread(draft, 'b')).toMatchObject({ step: 'train/inner' });
      await save([{ op: 'step.remove', step: 'score' }]);
      expect(await store.comments.thread(draft, 'a')).toEqual(after);
    });
  });
}
