import { describe, expect, it } from 'vitest';
import { samplePipeline } from '../../../canvas/testing/sample-pipeline.ts';
import { openEditor } from '../testing/render-in-editor.tsx';
import { completeMention, offeredSteps, typedMention } from './mention-typing.ts';

describe('a mention that is being written', () => {
  it('begins with an @ that stands by itself, and ends at the caret', () => {
    const text = 'See @tra and ada@example';
    expect(typedMention(text, 8)).toEqual({ at: 4, query: 'tra' });
    expect(typedMention(text, 6)).toEqual({ at: 4, query: 't' });
    expect(typedMention(text, 9)).toBeNull();
    expect(typedMention(text, text.length)).toBeNull();
    expect(typedMention('@', 1)).toEqual({ at: 0, query: '' });
  });

  it('is put in with one space behind it, where the caret goes', () => {
    expect(completeMention('See @tra', { at: 4, query: 'tra' }, 'train_model')).toEqual({ text: 'See @train_model ', caret: 17 });
    expect(completeMention('See @tra now', { at: 4, query: 'tra' }, 'train')).toEqual({ text: 'See @train now', caret: 11 });
  });

  it('offers steps by key and title, those that begin with it first', async () => {
    const { derived } = await openEditor(samplePipeline());
    const { views } = derived.getState();
    const titles = [...views.values()].map(({ title }) => title);
    expect(offeredSteps('', views).map(({ title }) => title)).toEqual(titles.slice(0, 8));
    const [first] = views.values();
    if (!first) throw new Error('expected a step');
    expect(offeredSteps(first.title.toUpperCase(), views)[0]).toBe(first);
    expect(offeredSteps(first.key.slice(1), views)).toContain(first);
    expect(offeredSteps('no such step', views)).toEqual([]);
  });
});
