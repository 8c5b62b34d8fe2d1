import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DraftId } from '@pipewright/shared/ids.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { emptyPipeline } from '@pipewright/shared/pipeline/pipeline.ts';
import { Step } from '@pipewright/shared/pipeline/step.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { CommentService } from './comment-service.ts';

const draft = DraftId.parse('d');
const at = '2026-01-01T00:00:00.000Z';
const contentWith = (...keys: string[]) => ({
  document: { ...emptyPipeline('New'), jobs: Object.fromEntries(keys.map((key) => [key, Step.parse({ command: 'true' })])) },
  layout: emptyLayout,
});

/** Comments of a draft with the step `train`; `once` does something after a draft was read, and before anything is written. */
async function commentsOf() {
  const store = await openSqliteStore(join(await tempFolder(), 'store.db'));
  onTestFinished(async () => await store[Symbol.asyncDispose]());
  await store.drafts.create({ ...contentWith('train'), id: draft, createdAt: at, by: 'Ada', folder: null, from: null });
  let between: (() => Promise<unknown>) | null = null;
  const get = async (id: DraftId) => {
    const record = await store.drafts.get(id);
    const work = between;
    between = null;
    await work?.();
    return record;
  };
  const told: string[] = [];
  const comments = new CommentService({
    store: { comments: store.comments, drafts: { get } },
    drafts: { listen: () => () => {} },
    clock: { now: () => new Date(at) },
  });
  comments.listen({ commentsChanged: (id) => void told.push(id) });
  const rename = async (): Promise<void> => {
    const edit = { revision: 2, clientId: 'c', mutationId: 'm', by: 'Ada', at, ops: [{ op: 'step.rename' as const, step: 'train', to: 'fit' }] };
    await store.drafts.save(draft, edit, contentWith('fit'));
  };
  return { store, comments, told, rename, once: (work: () => Promise<unknown>) => (between = work) };
}

it('does not begin on a step that gets another key meanwhile', async () => {
  const { store, comments, told, rename, once } = await commentsOf();
  once(rename);
  expect(await comments.start(draft, { step: 'train', text: 'Why @train?', by: 'Ada' })).toEqual({ kind: 'unknown-step', step: 'train' });
  expect((await store.comments.list(draft, { limit: 10 })).items).toEqual([]);
  expect(told).toEqual([]);
});

it('is changed to what mentions steps by the keys that they have when it is written', async () => {
  const { comments, rename, once } = await commentsOf();
  const started = await comments.start(draft, { step: null, text: 'Why?', by: 'Ada' });
  if (started.kind !== 'done') throw new Error('expected a thread');
  const { id, messages } = started.thread;
  once(rename);
  const reworded = await comments.reword(draft, { thread: id, message: messages[0]?.id ?? '' }, { text: 'Why @train, @fit?', by: 'Ada' });
  expect(reworded).toMatchObject({ kind: 'done', thread: { messages: [{ text: 'Why @train, @fit?', mentions: ['fit'] }] } });
});

it('answers that a thread is unknown that goes with its last message before the answer is written', async () => {
  const { store, comments, once } = await commentsOf();
  const started = await comments.start(draft, { step: null, text: 'Why?', by: 'Ada' });
  if (started.kind !== 'done') throw new Error('expected a thread');
  const { id, messages } = started.thread;
  const said = store.comments.thread.bind(store.comments);
  store.comments.thread = async (...asked) => {
    const found = await said(...asked);
    await store.comments.remove(id, messages[0]?.id ?? '');
    return found;
  };
  expect(await comments.say(draft, id, { text: 'Because', by: 'Grace' })).toEqual({ kind: 'unknown', what: `The comment ${id}` });
  once(async () => await store.drafts.archive(draft, at));
  expect(await comments.start(draft, { step: null, text: 'Still?', by: 'Ada' })).toEqual({ kind: 'unknown', what: 'The draft d' });
});
