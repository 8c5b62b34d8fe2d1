// @vitest-environment node
import 'fake-indexeddb/auto';
import type { DraftOp } from '@pipewright/shared/draft/draft-op.ts';
import { Draft } from '@pipewright/shared/http/drafts.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { ChaosPerson } from '../testing/chaos-person.ts';
import { pageAtRealServer, post } from '../testing/real-server.ts';
import type { DraftSession } from './open-draft.ts';

const server = pageAtRealServer();

async function createDraft(jobs: Record<string, unknown> = {}): Promise<string> {
  return Draft.parse(await (await post('/drafts', { document: { type: 'pipeline', display_name: 'Odd', jobs } })).json()).id;
}

const readDraft = async (id: string): Promise<Draft> => Draft.parse(await (await fetch(`/api/drafts/${id}`)).json());

describe('what nobody expects', () => {
  const people: ChaosPerson[] = [];

  afterEach(() => {
    for (const { windows } of people.splice(0)) for (const window of windows) window.crash();
  });

  async function openAlone(draftId: string): Promise<DraftSession> {
    const person = new ChaosPerson('ada', server(), draftId);
    people.push(person);
    await person.open();
    const window = person.at(0);
    if (!window) throw new Error('expected a window');
    return window.session;
  }

  const megabytes = (count: number): string => 'x'.repeat(count * 1024 * 1024);
  const value = (text: string): DraftOp => ({ op: 'step.setInput', step: 'a', input: 'text', value: text });

  it('a parameter of 5 MB is saved, edited and taken back', async () => {
    const draftId = await createDraft({ a: { command: 'true' } });
    const { store, saver } = await openAlone(draftId);
    store.getState().edit([value(megabytes(5))], { label: 'Paste' });
    expect(await saver.flush()).toMatchObject({ ok: true });
    store.getState().edit([value(`${megabytes(5)}!`)], { label: 'Type' });
    expect(await saver.flush()).toMatchObject({ ok: true });
    expect((await readDraft(draftId)).document.jobs['a']?.inputs['text']).toHaveLength(5 * 1024 * 1024 + 1);
    store.getState().travel({ direction: 'back', left: 0 });
    expect(await saver.flush()).toMatchObject({ ok: true });
    expect((await readDraft(draftId)).document.jobs['a']?.inputs).toEqual({});
  });

  it('one that no request holds is refused and kept, and saving goes on when it is smaller', async () => {
    const draftId = await createDraft({ a: { command: 'true' } });
    const { store, saver } = await openAlone(draftId);
    store.getState().edit([value(megabytes(33))], { label: 'Paste' });
    expect(await saver.flush()).toMatchObject({ ok: false, message: expect.stringContaining('larger than the server takes') });
    expect(saver.view.getState()).toMatchObject({ status: 'needs-review', isKept: true });
    store.getState().edit([value('small'), { op: 'pipeline.setMeta', field: 'description', value: 'beside it' }], { label: 'Smaller' });
    saver.endReview();
    expect(await saver.flush()).toMatchObject({ ok: true });
    expect((await readDraft(draftId)).document).toMatchObject({ description: 'beside it', jobs: { a: { inputs: { text: 'small' } } } });
  });

  it('a component that is taken out of the registry leaves its step as it is, and edits go on', async () => {
    await post('/components', { component: { type: 'pipeline', name: 'passing', version: '1', inputs: {}, outputs: {}, jobs: { say: { command: 'true' } } } });
    const draftId = await createDraft({ a: { component: 'azureml:passing@latest' } });
    const { store, saver } = await openAlone(draftId);
    const errors = () => saver.view.getState().problems.flatMap(({ severity, step, code }) => (severity === 'note' ? [] : [[step, code]]));
    expect(errors()).toEqual([]);
    await post('/components/passing/archive', {});
    store.getState().edit([{ op: 'step.setField', step: 'a', field: 'display_name', value: 'Still here' }], { label: 'Name' });
    expect(await saver.flush()).toMatchObject({ ok: true });
    expect(errors()).toEqual([['a', 'unregistered-component']]);
    expect((await readDraft(draftId)).document.jobs['a']).toMatchObject({ component: 'azureml:passing@latest', display_name: 'Still here' });
    await post('/components/passing/restore', {});
    await saver.resync();
    expect(errors()).toEqual([]);
  });
});
